"""Hosts of the platforms, with the rules that they keep."""
