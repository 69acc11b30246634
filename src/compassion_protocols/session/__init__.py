"""The runner: events in, state and effects out. No clock, no randomness, no files, no sockets."""
