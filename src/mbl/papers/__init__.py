"""The papers: their figures from rows, and what they claim."""
