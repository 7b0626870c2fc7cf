"""Hamiltonians: matrices from a basis and a disorder realisation."""
