"""What waits for the provincial platform, and uploads that are not whole yet."""
