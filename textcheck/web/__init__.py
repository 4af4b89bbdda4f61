"""Review on the web: pages made on the server, one function a page."""
