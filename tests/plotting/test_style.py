"""The style that all figures share."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mbl.plotting.style import PALETTE, colors, markers, scientific, sequence


@pytest.mark.parametrize(
    ("value", "text"), [(5.42e-7, r"5.4 \times 10^{-7}"), (0.234, "0.23"), (1.0, "1")]
)
def test_numbers_are_set_as_powers_of_ten(value, text):
    assert scientific(value) == text


def lightness(color):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in to_rgb(color)]  # fmt: skip
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_colours_stand_out_on_white():
    for color in [*PALETTE, *sequence(6)]:
        assert 1.05 / (lightness(color) + 0.05) > 1.6


def test_an_ordered_family_goes_from_dark_to_light():
    tones = [lightness(color) for color in sequence(7)]
    assert tones == sorted(tones)
    assert min(np.diff(tones)) > 0.01


def test_more_curves_than_colours_stay_apart_by_their_markers():
    count = len(PALETTE) + 3
    pairs = list(zip(colors(count), markers(count), strict=True))
    assert [color for color, _ in pairs[: len(PALETTE)]] == list(PALETTE)
    assert len(set(pairs)) == count
