"""What always holds in a session, and the watch that is kept on it."""
