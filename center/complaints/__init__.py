"""Efficiency complaints (效能投诉, R6): registered, decided, handled, answered and archived; who complained is known to complaint officers alone."""
