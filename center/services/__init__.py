"""The other services the ordinance names (R10): rating, booking, suggestions, calls for help."""
