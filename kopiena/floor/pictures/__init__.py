"""Pictures from outside: told by their content, rebuilt from their pixels, kept in the sizes that pages use."""
