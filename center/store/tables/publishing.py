"""What the center makes public (公示, R1.5), item drafts, and calendar years that staff imported."""
