"""Ways to the spectrum."""
