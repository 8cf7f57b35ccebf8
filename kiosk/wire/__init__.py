"""What the terminal and the center both know: messages, form fields, documents and codes."""
