"""Purity at strong disorder, to second order in J/W (colmenarez2023, SM E).

The model of SM E is an open chain in Pauli matrices, σ± = (σˣ ± iσʸ)/2,

    H = Σᵢ hᵢ σᶻᵢ + J Σᵢ (σ⁺ᵢ σ⁻ᵢ₊₁ + h.c.) + J_z Σᵢ σᶻᵢ σᶻᵢ₊₁                              (eq. 9).

A configuration η holds σᶻ = ±1 of every site. The eigenstate that stems from it is expanded in J at
fixed h and J_z, far from resonances. The chain of eq. 2 is this model at h → W h/2, J → 1/2 and
J_z → Δ/4, since Sᶻ = σᶻ/2 and S± = σ±. Prefactors are derived afresh: those printed in eqs. 12, 16,
19 and 21 contradict one another.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from mbl.hilbert import Floats, Ints, sigma_z
from mbl.models.bubble import central_sector, chain, mean_spins
from mbl.solvers.full_spectrum import diagonalize


def flip_amplitudes(
    configurations: Floats, fields: Floats, hopping: float, interaction: float
) -> Floats:
    """First-order amplitude of each configuration with the two spins of one bond exchanged.

    With η' the configuration after the exchange on bond (i, i+1), the eigenstate is
    |η⟩ + Σ J / (E(η) − E(η')) |η'⟩ + … and, where the spins are antiparallel,
    E(η') − E(η) = (ηᵢ − ηᵢ₊₁) [hᵢ₊₁ − hᵢ + J_z (ηᵢ₊₂ − ηᵢ₋₁)]. A neighbour beyond an end of the
    chain gives no term. Infinite at an exact resonance.

    Parameters
    ----------
    configurations
        η, shape (…, L).
    fields
        hᵢ, shape (L,).
    hopping, interaction
        J and J_z.

    Returns
    -------
    ndarray, shape (…, L − 1)
        One amplitude a bond, 0 where its spins are parallel.
    """
    padding = [(0, 0)] * (configurations.ndim - 1) + [(1, 1)]
    eta = np.pad(configurations, padding)  # η = 0 beyond the ends: no term
    neighbours = eta[..., 3:] - eta[..., :-3]
    difference = configurations[..., :-1] - configurations[..., 1:]
    cost = difference * (np.diff(fields) + interaction * neighbours)
    amplitudes: Floats = np.divide(-hopping, cost, out=np.zeros_like(cost), where=difference != 0)
    return amplitudes


def perturbative_magnetization(
    configurations: Floats, fields: Floats, hopping: float, interaction: float
) -> Floats:
    """⟨σᶻᵢ⟩ = ηᵢ + Zᵢ in the eigenstate of each configuration, to second order (eqs. 15 and 17).

    Zᵢ = −2ηᵢ (|a|² of bond (i−1, i) + |a|² of bond (i, i+1)), with the amplitudes a of
    `flip_amplitudes`; a site at an end has one bond. The next term is of order J⁴: a rotation by π
    about z of every second spin takes J to −J and leaves σᶻ alone.

    Parameters
    ----------
    configurations, fields, hopping, interaction
        As for `flip_amplitudes`.

    Returns
    -------
    ndarray, shape (…, L)
        Leaves [−1, 1] where a bond is near resonance: the expansion fails there.
    """
    weight = np.square(flip_amplitudes(configurations, fields, hopping, interaction))
    padding = [(0, 0)] * (weight.ndim - 1) + [(1, 1)]
    bonds = np.pad(weight, padding)
    magnetization: Floats = configurations * (1.0 - 2.0 * (bonds[..., :-1] + bonds[..., 1:]))
    return magnetization


def perturbative_purity(
    configurations: Floats, fields: Floats, hopping: float, interaction: float
) -> Floats:
    """Purity γᵢ = Tr ρᵢ² = 1 + ηᵢZᵢ to second order (eqs. 5 and 18).

    The P of eqs. 18–21 is ⟨σᶻᵢ⟩², of which γ = (1 + P)/2 is the purity of eq. 5.

    Parameters
    ----------
    configurations, fields, hopping, interaction
        As for `flip_amplitudes`.

    Returns
    -------
    ndarray, shape (…, L)
        At most 1; has no lower bound near a resonance.
    """
    purity: Floats = configurations * perturbative_magnetization(
        configurations, fields, hopping, interaction
    )
    return purity


def perturbative_purities(
    states: Ints, fields: Floats, disorder: float, anisotropy: float = 1.0
) -> Floats:
    """γᵢ to second order for the eigenstate of every product state of the open chain of eq. 2.

    Parameters
    ----------
    states
        Product states, such as all of one sector, shape (n,).
    fields
        hᵢ in units of the disorder strength, shape (L,).
    disorder
        Disorder strength W in units of J.
    anisotropy
        Δ of the paper.

    Returns
    -------
    ndarray, shape (n, L)
    """
    configurations = sigma_z(states, len(fields)).T
    return perturbative_purity(configurations, 0.5 * disorder * fields, 0.5, 0.25 * anisotropy)


def exact_purities(
    states: Ints, fields: Floats, disorder: float, anisotropy: float = 1.0
) -> Floats:
    """γᵢ of the exact eigenstate of every product state of the open chain of eq. 2.

    Eigenstates are assigned to product states one to one, by the largest sum of squared overlaps:
    each goes to its largest amplitude unless resonances are in the way.

    Parameters
    ----------
    states
        All product states of one sector in ascending order, shape (n,); diagonalised densely.
    fields, disorder, anisotropy
        As for `perturbative_purities`.

    Returns
    -------
    ndarray, shape (n, L)
    """
    H = chain(states, fields, disorder, anisotropy=anisotropy).toarray(order="F")
    (vectors,) = diagonalize([H]).vectors
    _, assigned = linear_sum_assignment(np.square(vectors), maximize=True)
    spins = mean_spins(states, len(fields), vectors[:, assigned].T)
    purity: Floats = 2.0 * np.square(spins) + 0.5
    return purity


def residual_correlation(L: int) -> float:
    """⟨ηᵢηᵢ₊₁ηⱼηⱼ₊₁⟩ − ⟨ηᵢηᵢ₊₁⟩⟨ηⱼηⱼ₊₁⟩ of two bonds without a common site (eq. 23).

    Over all product states with Σ η = 0, for an even number of sites L ≥ 4. The paper has its limit
    2/L²; conservation of Sᶻ alone makes it, at any distance.
    """
    return 3 / ((L - 1) * (L - 3)) - 1 / (L - 1) ** 2


def bond_correlations(L: int) -> Floats:
    """⟨ηᵢηᵢ₊₁ηⱼηⱼ₊₁⟩ − ⟨ηᵢηᵢ₊₁⟩⟨ηⱼηⱼ₊₁⟩ of eq. 23, counted over all states with Σ η = 0.

    Parameters
    ----------
    L
        Number of sites, even and at least 4.

    Returns
    -------
    ndarray, shape ((L − 2)(L − 3)/2,)
        One number for each pair of bonds without a common site.
    """
    eta = sigma_z(central_sector(L), L)
    bonds = eta[:-1] * eta[1:]
    first, second = np.triu_indices(L - 1, k=2)
    correlations: Floats = np.cov(bonds, ddof=0)[first, second]
    return correlations
