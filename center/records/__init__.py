"""What the center keeps as evidence: issued papers, the seal's ledger, the journal of staff's acts; and how they are verified, kept and let go."""
