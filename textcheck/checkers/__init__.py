"""One family of rules a module; none knows another."""
