"""Duty posts with A and B, absences, second factors (R3.3)."""
