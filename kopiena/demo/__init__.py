"""A demonstration of made-up activities and families around today, marked as such and removed with one command."""
