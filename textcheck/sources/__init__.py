"""Where articles come from: each source lists an account's references and fetches articles."""
