"""Telling units what was found: who is told by which channel, and that nobody is told twice."""
