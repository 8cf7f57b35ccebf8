"""What staff use: server-rendered pages for a browser, by keyboard alone too."""
