"""Parts of the forms at an institution's desk. A form checks what was typed and holds no HTML."""
