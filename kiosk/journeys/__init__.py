"""What a citizen can do here, one journey a file: steps that turn events into views. No window, no hardware, no network."""
