"""What a card holder does about a case."""
