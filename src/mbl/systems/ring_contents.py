"""What several files of the ring share: coordinates, and what their numbers mean."""

from mbl.registry import coordinate

TRUNCATION = "truncation error 1 − ‖Tr_{S^c} τᶻ‖² / 2^(|S| + 2|S^c|)"
NORM = "‖H‖ in operator norm"
NORM_ERROR = "‖H − H_eff‖ / ‖H‖ in operator norm"
IMBALANCE = "imbalance of the Néel state"
TRUNCATION_ORDER = "order N of the effective model"

SITE = coordinate("site", "i", "1", "site, from 0")
STATE = coordinate("state", "i", "1", "eigenstate, by sector and energy")
SUPPORT = coordinate("support", "i", "1", "buffer size |S|")
ORDER = coordinate("order", "i", "1", "order N of the truncated model")
HAMILTONIAN = coordinate("hamiltonian", "U", "1", "Hamiltonian of the time evolution")
TIME = coordinate("time", "f", "1/J", "time")
OPERATOR = coordinate("operator", "U", "1", "l-bit operator, with or without fixed signs")
RANGE = coordinate("range", "i", "1", "range: largest ring distance of two sites of a string")
AXIS = coordinate("axis", "U", "1", "axis of the initial p-bits")
CUT = coordinate("cut", "i", "1", "number of sites of the block")
# Not `cut`: blocks of the same ring that dephase are shorter ones.
LENGTH = coordinate("length", "i", "1", "number of sites of the block")
# Not `time`: the imbalance of the same ring has that one, linear and short.
INSTANT = coordinate("t", "f", "1/J", "time, evenly spaced in its logarithm")
