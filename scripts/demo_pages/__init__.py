"""The pages of the demonstration, rendered from corpus/demo/articles."""
