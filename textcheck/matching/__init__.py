"""Exact forms and near misses of many forms, found in a text at once."""
