"""What terminals call: signed requests in, JSON out, a problem (RFC 9457) for everything that goes wrong."""
