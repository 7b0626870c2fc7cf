"""Many-body localization, figure by figure: exact l-bits of the random-field Heisenberg ring."""

__version__ = "0.1.0"
