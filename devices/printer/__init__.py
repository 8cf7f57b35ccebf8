"""The receipt printer: ESC/POS over TCP, a serial line or USB, drawn with our own font or in the printer's own characters."""
