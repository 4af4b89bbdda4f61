"""Seeds errors into clean sentences; every class of error has a maker."""
