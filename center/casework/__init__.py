"""What is done with cases, rules and records together: taking in, opening, accepting, returning, telling where they stand. No web."""
