"""Fixed point of a many-body localized phase (swingle2013, eqs. 2.1–2.8): H = U H₀ U†, U = e^{−iK}.

H₀ = Σ_μ J_μ Π_{i∈μ} Pᵢ is diagonal, with P = (1 − Z)/2 the projector on a down spin; K is strictly
local and random. The chain is open. A set of sites μ is a binary word as a product state is: site 0
its most significant bit, bit 1 for a site of the set. Energies are in units of J₀.

A seed is one infinite chain, and every chain is a piece of it: sites count from the middle outward
(`from_the_middle`), where entanglement is cut, so that a larger chain has the smaller one with all
its couplings, terms and spins in its middle.
"""

from collections.abc import Iterable, Iterator
from math import comb

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import expm_multiply
from scipy.stats import norm

from mbl.disorder import generator
from mbl.hilbert import Floats, Ints, down_spins

Complexes = NDArray[np.complex128]


LARGEST = 64  # sites of which a seed holds spins


def from_the_middle(L: int) -> Ints:
    """Sites of the open chain in the order in which it grows, shape (L,).

    L // 2, the first on the right of the cut, then the first on the left, the second on the right …
    """
    order = np.arange(L)
    return L // 2 + np.where(order % 2, -(order + 1) // 2, order // 2)


def extent(words: Ints) -> Ints:
    """Largest distance between two sites of each set on the open chain; 0 for a single site."""
    highest = np.frexp(np.asarray(words, dtype=float))[1] - 1
    lowest = np.frexp(np.asarray(words & -words, dtype=float))[1] - 1
    return np.asarray(highest - lowest, dtype=np.int64)


def coupling_scales(L: int, localization_length: float, order_decay: float) -> Floats:
    """Scales e^{−d/ξ} λ^{n−1} of the couplings of n spins of extent d (below eq. 2.1).

    Parameters
    ----------
    L
        Number of sites.
    localization_length
        ξ in units of the lattice spacing; 0 leaves on-site energies alone.
    order_decay
        λ, the factor for each further spin, 0 … 1; the paper asks for decay and gives no law.

    Returns
    -------
    ndarray, shape (2^L,)
        In units of J₀; 0 for the empty set.
    """
    words = np.arange(1, 1 << L)
    rate = 1 / localization_length if localization_length else np.inf
    scales = np.zeros(1 << L)
    apart = extent(words)
    # e^{−d/ξ} would be e^{−∞·0} on one site without a localization length
    scales[1:] = np.exp(np.multiply(-rate, apart, out=np.zeros(len(apart)), where=apart > 0))
    scales[1:] *= order_decay ** (down_spins(words) - 1.0)
    return scales


def coupling_draws(L: int, rng: np.random.Generator) -> Floats:
    """Random couplings in units of their scales, shape (2^L,), so that one draw serves every ξ.

    On-site energies are uniform in [0, 1] as in the paper's example above eq. 2.5; interactions,
    whose law the paper leaves open, are uniform in [−1, 1]: either sign is as likely. Sets are
    drawn in ascending order of their words with the bits in the order of `from_the_middle`: those
    of a smaller chain come first, and are those of its sites in the middle of the larger one.
    """
    draws = rng.uniform(-1.0, 1.0, 1 << L)
    sites = 1 << np.arange(L)
    draws[sites] = np.abs(draws[sites])
    draws[0] = 0.0
    # An axis for each bit, of which the first drawn is the last.
    axes = L - 1 - np.argsort(from_the_middle(L))
    return draws.reshape((2,) * L).transpose(axes).ravel()


def diagonal_energies(couplings: Floats) -> Floats:
    """Energies of H₀ in all product states (eq. 2.1): sums of J_μ over the sets μ of down spins.

    Parameters
    ----------
    couplings
        J_μ, the product of `coupling_draws` and `coupling_scales`, shape (2^L,).

    Returns
    -------
    ndarray, shape (2^L,)
        By a subset-sum transform, L 2^(L−1) additions.
    """
    energies = couplings.copy()
    half = 1
    while half < len(energies):
        pairs = energies.reshape(-1, 2, half)
        pairs[:, 1] += pairs[:, 0]
        half *= 2
    return energies


def couplings(
    L: int, seed: int, localization_length: float, order_decay: float, stream: str = "fixed_point"
) -> Floats:
    """J_μ of one realisation in units of J₀, shape (2^L,); parameters as for `coupling_scales`.

    Another stream gives other couplings of the same law.
    """
    draws = coupling_draws(L, generator(stream, seed))
    return draws * coupling_scales(L, localization_length, order_decay)


def energy_moments(scales: Floats) -> tuple[float, float]:
    """Mean and variance of the energy over product states and disorder together (cf. eq. 2.7).

    With on-site energies alone they are L/4 and 5L/48.

    Parameters
    ----------
    scales
        As from `coupling_scales`, for the law of `coupling_draws`, shape (2^L,).
    """
    words = np.arange(len(scales))
    order = down_spins(words)
    onsite = scales[order == 1]
    interactions = order > 1
    # ⟨u⟩ = 1/2 on site and 0 else, ⟨u²⟩ = 1/3; a set of n spins is all down in 2^−n of the states.
    variance = 5 / 48 * np.square(onsite).sum()
    variance += (np.square(scales) / 3 * 0.5**order)[interactions].sum()
    return float(onsite.sum() / 4), float(variance)


def density_of_states(energies: Floats, L: int, spin_variance: float = 1 / 12) -> Floats:
    """Disorder-averaged density of states of random on-site energies (eq. 2.8), total 2^L − 1.

    The sum over the number Ñ ≥ 1 of down spins is done, not its integral; the state Ñ = 0 is a
    delta function at 0.

    Parameters
    ----------
    energies
        Where to evaluate it, shape (…), in units of J₀.
    L
        Number of sites.
    spin_variance
        Variance of one on-site energy in units of J₀². It is 1/12 for the uniform law of the
        paper, whose eq. 2.7 prints 1/4.
    """
    density = np.zeros(np.shape(energies))
    for down in range(1, L + 1):
        density += comb(L, down) * norm.pdf(energies, down / 2, np.sqrt(down * spin_variance))
    return density


def level_spacings(energies: Floats) -> tuple[float, float]:
    """Mean and typical spacing, ⟨δ⟩ and e^⟨ln δ⟩, of the middle half of the levels (cf. eq. 2.5).

    Levels without repulsion have e^⟨ln δ⟩ / ⟨δ⟩ = e^−γ = 0.561, γ Euler's constant.
    """
    levels = np.sort(energies)
    quarter = len(levels) // 4
    gaps = np.diff(levels[quarter : len(levels) - quarter])
    return float(gaps.mean()), float(np.exp(np.log(gaps).mean()))


def local_terms(L: int, rng: np.random.Generator) -> Complexes:
    """Random Hermitian terms kⱼ on neighbours j, j + 1: traceless, of operator norm 1 (eq. 2.2).

    Drawn in the order in which the chain grows (`from_the_middle`).

    Returns
    -------
    ndarray, shape (L − 1, 4, 4)
        In the product states of the two sites, complex.
    """
    draws = rng.standard_normal((L - 1, 2, 4, 4))
    added = from_the_middle(L)[1:]  # sites, each with a bond to the one before it
    draws = draws[np.argsort(np.where(added < L // 2, added, added - 1))]
    matrices = draws[:, 0] + 1j * draws[:, 1]
    terms: Complexes = matrices + matrices.conj().swapaxes(1, 2)
    terms -= np.trace(terms, axis1=1, axis2=2)[:, None, None] / 4 * np.eye(4)
    terms /= np.linalg.norm(terms, 2, axis=(1, 2))[:, None, None]
    return terms


def unitary_terms(L: int, seed: int, strength: float) -> Complexes:
    """Terms kⱼ of K of one realisation (eq. 2.2), each of this operator norm; (L − 1, 4, 4)."""
    return strength * local_terms(L, generator("fixed_point_unitary", seed))


def perturbation_terms(L: int, seed: int) -> Complexes:
    """Terms of V of one realisation (eq. 4.1), each of operator norm 1; shape (L − 1, 4, 4)."""
    return local_terms(L, generator("fixed_point_perturbation", seed))


def random_labels(L: int, seed: int, count: int) -> Ints:
    """Some product states of one realisation, every spin up or down alike, shape (count,).

    They are drawn independently, and a larger chain has the same spins in its middle.
    """
    spins = generator("fixed_point_states", seed).integers(0, 2, (count, LARGEST))[:, :L]
    labels: Ints = spins @ (1 << (L - 1 - from_the_middle(L)))
    return labels


def local_hamiltonian(terms: Complexes) -> sp.csr_array:
    """Σⱼ kⱼ of terms on neighbouring pairs of the open chain (K of eq. 2.2, V of eq. 4.1).

    Parameters
    ----------
    terms
        Shape (L − 1, 4, 4).

    Returns
    -------
    csr_array, shape (2^L, 2^L)
    """
    bonds = len(terms)
    return sum(
        (
            sp.kron(sp.kron(sp.eye_array(1 << j), term), sp.eye_array(1 << (bonds - 1 - j)))
            for j, term in enumerate(terms)
        ),
        start=sp.csr_array((2 << bonds, 2 << bonds), dtype=complex),
    ).tocsr()


def unitaries(K: sp.csr_array, times: Iterable[float]) -> Iterator[Complexes]:
    """U = e^{−iKt} as dense matrices, one for each time (eq. 2.2); the paper's U has t = 1.

    Parameters
    ----------
    K
        Shape (2^L, 2^L).
    times
        Fictitious times, in the inverse of K's unit.

    Yields
    ------
    ndarray, shape (2^L, 2^L)
    """
    rates, modes = scipy.linalg.eigh(K.toarray(), overwrite_a=True)
    for time in times:
        yield (modes * np.exp(-1j * rates * time)) @ modes.conj().T


def hamiltonian(energies: Floats, U: Complexes) -> Complexes:
    """H = U H₀ U† (eq. 2.3) from the diagonal of H₀, shape (2^L,), and U, shape (2^L, 2^L)."""
    return (U * energies) @ U.conj().T


def apply_unitary(K: sp.csr_array, states: NDArray[np.inexact]) -> Complexes:
    """U|ψ⟩ = e^{−iK}|ψ⟩ without the matrix of U (eq. 2.2); K → −K applies U⁻¹.

    Parameters
    ----------
    K
        Shape (2^L, 2^L).
    states
        One state a row, shape (n, 2^L).
    """
    generator = -1j * K
    # One state at a time: up to ‖K‖₁ of about 60 SciPy then needs no randomised estimate of norms.
    return np.stack([expm_multiply(generator, state, traceA=0.0) for state in states])
