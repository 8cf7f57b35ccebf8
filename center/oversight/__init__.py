"""Looking after the work (R4.5, R6.9, R6.10, R9): what the center finds by itself, daily checks, reports in writing, figures, exports."""
