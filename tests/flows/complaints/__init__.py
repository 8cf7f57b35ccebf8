"""A complaint later on."""
