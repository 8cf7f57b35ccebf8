"""What a citizen's phone opens: guides, the state of a case, the center's lists. Without scripts, small, and without anything about a person."""
