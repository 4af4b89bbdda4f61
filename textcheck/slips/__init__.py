"""Whether a near miss is a slip: what speaks for it, and how much."""
