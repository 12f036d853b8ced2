"""The deeds of the gate, one module each."""
