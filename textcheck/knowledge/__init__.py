"""Dated, cited facts: the tables, and what they say on a day."""
