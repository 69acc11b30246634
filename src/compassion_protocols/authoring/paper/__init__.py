"""A protocol on paper: a page for those who take part, a guide for whoever leads."""
