"""Makes the models from clean text; never imported at run time."""
