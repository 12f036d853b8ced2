"""The desk of an institution: what it offers, its drafts, its own page."""
