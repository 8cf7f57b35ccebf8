"""Ratings, bookings, suggestions, help calls, and how each terminal is (R10)."""
