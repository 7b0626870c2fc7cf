"""Disordered systems: one realisation each, and what is computed of it."""
