"""What scripts/fuzz_parsers.py spoils, and how."""
