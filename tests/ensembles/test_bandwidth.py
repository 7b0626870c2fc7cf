import numpy as np
import pytest
from made_chains import scan

from mbl.ensembles.bandwidth import best_bandwidth, parabola
from mbl.ensembles.rows import LackingError


def test_the_top_of_the_parabola_is_the_best_bandwidth():
    rows = scan(lambda W: 0.4)
    bend = parabola(rows, 3, 1.0).coefficients[2]
    assert bend.value == pytest.approx(-0.02, abs=4 * bend.error)
    top = best_bandwidth(rows, [3], 1.0)
    assert top.value == pytest.approx(np.log(0.4), abs=4 * top.error)
    assert 0 < top.error < 0.3


def test_between_strengths_it_moves_by_the_mean_over_bubbles():
    move = best_bandwidth(scan(lambda W: 0.2 * W), [3, 4], 1.0, 3.0)
    assert move.value == pytest.approx(np.log(3), abs=4 * move.error)
    assert move.paired


def test_where_there_is_no_maximum_nothing_is_known_of_it():
    rows = scan(lambda W: 0.4)
    rows["gap_ratio"] = 0.9 - rows["gap_ratio"]
    top = best_bandwidth(rows, [3], 1.0)
    assert np.isnan(top.value)
    assert np.isnan(top.error)


def test_three_bandwidths_are_too_few():
    rows = scan(lambda W: 0.4)
    with pytest.raises(LackingError, match="3 bandwidths, where a parabola takes four"):
        parabola(rows.isel(key=rows["beta"].values < 0.7), 3, 1.0)
