"""For those who test protocols, and hosts of them: what to draw, and what must hold."""
