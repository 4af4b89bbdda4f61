"""Dated facts, and where they occur in a text."""
