"""Daily checks, overdue reports and accountability events (R4.5, R9)."""
