"""Figures, drawn from statistics alone: no physics here."""
