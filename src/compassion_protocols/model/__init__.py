"""What can be said: protocols and the plans they compile to, as frozen data."""
