"""Claims of docs/optimal_lbits.md."""

from functools import partial

import xarray as xr

from mbl.ensembles.effective import norm_errors_at
from mbl.ensembles.estimates import paired
from mbl.ensembles.imbalance import reproduced
from mbl.ensembles.labellings import Comparison, compare
from mbl.ensembles.locality import error_over_lbits
from mbl.ensembles.rows import select
from mbl.ledger.verdicts import Verdict, above, all_of, altogether, exact
from mbl.papers.beyond.figures import ORDER, REPRODUCED, SUPPORT
from mbl.registry import claim

beyond = partial(claim, "beyond", "docs/optimal_lbits.md", figure="lbit_methods")

PROVEN = ("magnetization", "overlap")  # labellings whose bound is the optimum itself


def _two(rows: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Rows of the smallest size under the paper's sorting and under the combined labelling."""
    at = rows.isel(L=0).to_dataset(name="rows")
    sorting, combined = (select(at, labelling=name)["rows"] for name in ("sorted", "combined"))
    return sorting, combined


def _compared(effective: xr.Dataset, Delta: float) -> Comparison:
    """Errors in norm of the sorting and of the combined labelling."""
    return compare(*_two(norm_errors_at(select(effective, Delta=Delta), ORDER)))


@beyond()
def more_accurate_near_the_transition(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """At Δ = 7.5 the combined labelling's effective model is better in nearly all realisations.

    Better than that of the paper's sorting: the mean error in norm is smaller, and so is the error
    of at least nine realisations in ten.
    """
    found = _compared(effective, 7.5)
    numbers = f"error in norm of H_eff^({ORDER}): {found}"
    return altogether(numbers, above(found.fall, 0.0, ""), above(found.improved, 0.9, ""))


@beyond()
def more_accurate_at_strong_disorder(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """At Δ = 20 the combined labelling's effective model is more often better than worse.

    Than that of the paper's sorting, that is, and better on average. Failures of the sorting rule
    its mean; where it does not fail, both are alike.
    """
    found = _compared(effective, 20.0)
    numbers = f"error in norm of H_eff^({ORDER}): {found}"
    return altogether(numbers, above(found.fall, 0.0, ""), above(found.balance, 0.0, ""))


@beyond()
def lbits_are_more_local(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """The combined labelling's l-bits are more local than the sorting's at every disorder."""
    errors = error_over_lbits(locality, "").sel(support=SUPPORT)
    verdicts = []
    for Delta in errors["Delta"].values:
        found = compare(*_two(errors.sel(Delta=Delta)))
        text = (
            f"Δ = {Delta:g}: error at |S| = {SUPPORT} {found.second}, that of the sorting "
            f"{found.first}, smaller in {found.improved.scaled(100)} %, {found.fall.over}"
        )
        verdicts.append(above(found.fall, 0.0, text))
    return all_of(*verdicts)


@beyond()
def dynamics_of_more_realisations(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """At Δ = 20 the combined labelling's model reproduces the dynamics of more realisations.

    Reproduced are imbalances of the Néel state that never differ by more than 0.05.
    """
    sorting, combined = _two(reproduced(select(reproduction, Delta=20.0), REPRODUCED))
    more = paired(sorting, combined)
    first, second = (f"{100 * float(rows.mean()):.0f} %" for rows in (sorting, combined))
    numbers = f"{second}, the sorting's of {first}: more by {more.scaled(100)} %, {more.over}"
    return above(more, 0.0, numbers)


@beyond(exact=True)
def linear_labellings_are_optimal(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """No one-to-one labelling has a larger overlap or magnetization than those found."""
    apart = [
        abs(one["bound"] - one["objective"]).max()
        for one in (select(lbits, labelling=name) for name in PROVEN)
    ]
    worst = float(max(apart))
    return exact(worst, 1e-9, f"the bound of no labelling is {worst:.1g} above the one found")
