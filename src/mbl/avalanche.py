"""Quantum avalanches from a bubble at both ends of a chain (colmenarez2023, eq. 6 and SM D).

Lengths are in sites. The distance of a site from the bubble is the paper's i, 0 next to the bubble.
"""

import math

import numpy as np

from mbl.hilbert import Floats

CRITICAL_LENGTH = 1 / math.log(2)  # ξ*: beyond it an avalanche never stops


def thermalized_distance(localization_length: float, bubble_size: int) -> float:
    """Distance ℓ_c up to which an avalanche thermalizes an endless chain (SM D, from eq. 8).

    Where matrix element and level spacing of eq. 8 are equal, e^{−ℓ/ξ} (n_GOE 4^ℓ)^{1/2} = 1, which
    gives ℓ_c = ½ ln n_GOE / (1/ξ − 1/ξ*). The SM prints the exponent at the wrong factor.

    Parameters
    ----------
    localization_length
        Apparent localization length ξ.
    bubble_size
        n_GOE, at least 2.

    Returns
    -------
    float
        Infinite for ξ ≥ ξ*.
    """
    if localization_length >= CRITICAL_LENGTH:
        return math.inf
    return 0.5 * math.log(bubble_size) / (1 / localization_length - 1 / CRITICAL_LENGTH)


def thermal_dimension(localization_length: float, bubble_size: int, L: int) -> float:
    """Dimension d_therm = n_GOE 4^{min(ℓ_c, L/2)} of the bubble and the sites that it thermalized.

    That is n_GOE^{1/(1 − ξ/ξ*)} where ℓ_c < L/2 and n_GOE 2^L otherwise. The paper caps it only for
    ξ > ξ*, so that its d_therm exceeds the whole space when ξ comes near ξ* from below.
    """
    distance = min(thermalized_distance(localization_length, bubble_size), L / 2)
    return float(bubble_size * 4.0**distance)


def effective_dimension(
    distance: Floats, *, localization_length: float, bubble_size: int, L: int
) -> Floats:
    """Effective dimension d_eff,i = e^{−2i/ξ} d_therm (main text; the SM has the other sign).

    It falls to 1 just at the distance ℓ_c (eq. 8): sites farther away are not thermalized.

    Parameters
    ----------
    distance
        i, shape (…).
    localization_length, bubble_size
        ξ and n_GOE.
    L
        Number of sites.

    Returns
    -------
    ndarray, shape (…)
    """
    decay: Floats = np.exp(-2.0 * np.asarray(distance) / localization_length)
    return decay * thermal_dimension(localization_length, bubble_size, L)


def avalanche_purity(
    distance: Floats,
    *,
    probability: float,
    localization_length: float,
    bubble_size: int,
    L: int,
    isolated_purity: float,
) -> Floats:
    """Mean purity γ̄ᵢ of a site at distance i from the bubble (eq. 6), the ½ included.

    Eq. 6 takes γ − ½ of a thermalized site as d_eff^{−1/2}, which grows without bound far from the
    bubble, past ½ for d_eff < 4. An avalanche makes no site more localized than it is in the
    isolated chain: where d_eff^{−1/2} exceeds γ̄_XXZ − ½ (and so wherever d_eff < 1, beyond ℓ_c)
    the site keeps the latter. That restores the paper's regime II, γ̄ᵢ → γ̄_XXZ for ξ < ξ*.

    Parameters
    ----------
    distance
        i, shape (…).
    probability
        p, that the bubble starts an avalanche.
    localization_length, bubble_size, L
        ξ, n_GOE and number of sites.
    isolated_purity
        Mean purity γ̄_XXZ without bubble, in [½, 1].

    Returns
    -------
    ndarray, shape (…)
    """
    dimension = effective_dimension(
        distance, localization_length=localization_length, bubble_size=bubble_size, L=L
    )
    isolated = isolated_purity - 0.5
    influenced = -np.expm1(-np.asarray(distance) / localization_length) * isolated
    thermalized = np.minimum(dimension**-0.5, isolated)
    purity: Floats = 0.5 + (1 - probability) * influenced + probability * thermalized
    return purity
