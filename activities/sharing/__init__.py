"""The picture that stands beside a link of ours where people send it to each other."""
