"""The way to the center: signed requests, what is still to be sent, the guides, and the questions asked of it."""
