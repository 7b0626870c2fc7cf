"""Dynamics in the exact eigenbasis."""
