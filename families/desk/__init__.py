"""The desk's pages about who comes: what needs doing, lists, groups, numbers."""
