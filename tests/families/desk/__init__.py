"""The desk of institutions: the pages that show registrations."""
