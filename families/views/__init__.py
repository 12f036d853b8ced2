"""The pages of families: home, sign-up, the private pages, find my registration."""
