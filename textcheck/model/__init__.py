"""The learned stage: what clean text makes probable, and what a net makes of it."""
