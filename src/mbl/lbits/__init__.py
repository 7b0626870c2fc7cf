"""Exact l-bits: labellings of the eigenstates, their locality and the model they span."""
