"""Compare two results trees variable by variable, attributes apart: a change that shall change no
number is shown by it.

    python tests/compare_results.py BEFORE AFTER [--rename "PATTERN=>NAME" …]

Quantities of single realisations (tier 1) must agree bit for bit; statistics, the data of figures
and all else to a tolerance; the ledger in every verdict and number. Files of the first tree are
sought in the second under the same name, after renaming by regular expressions. What one tree has
and the other lacks is told; the exit status counts differences.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import xarray as xr

TIER_1 = ("ring", "chain", "bubble", "fixed_point")


def differences(before: xr.DataArray, after: xr.DataArray, tolerance: float) -> str:
    """How two variables differ, or an empty text."""
    if before.dims != after.dims or before.shape != after.shape:
        return f"{dict(before.sizes)} became {dict(after.sizes)}"
    old, new = before.values, after.values
    if old.dtype.kind in "fc" and new.dtype.kind in "fci":
        new = new.astype(old.dtype)
        if np.array_equal(old, new, equal_nan=True):
            return ""
        if not np.array_equal(np.isnan(old), np.isnan(new)):
            return f"NaN at {int((np.isnan(old) != np.isnan(new)).sum())} places of one alone"
        apart = np.nanmax(np.abs(old - new) / np.maximum(1.0, np.abs(old)))
        return "" if apart <= tolerance else f"apart by {apart:.1e}"
    return "" if np.array_equal(old, new) else f"{int((old != new).sum())} values changed"


def compare(before: Path, after: Path, tolerance: float) -> Iterator[str]:
    """Differences of two files; what only the second has is no difference."""
    with xr.open_dataset(before) as old, xr.open_dataset(after) as new:
        if "claim" in old.dims and set(old["claim"].values) == set(new["claim"].values):
            new = new.sel(claim=old["claim"].values)  # their order says nothing
        for name in old.variables:
            if name not in new.variables:
                yield f"{name} is gone"
            elif told := differences(old[name], new[name], tolerance):
                yield f"{name}: {told}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--rename", nargs="*", default=[], metavar="PATTERN=>NAME")
    parser.add_argument("--tolerance", type=float, default=1e-12)
    parser.add_argument("--only", default="", help="files whose name holds this")
    given = parser.parse_args()
    renames = [one.split("=>", 1) for one in given.rename]
    compared = changed = missing = 0
    for file in sorted(given.before.rglob("*.nc")):
        name = file.relative_to(given.before).as_posix()
        if given.only not in name or "smoke/" in name:
            continue
        renamed = name
        for pattern, replacement in renames:
            renamed = re.sub(pattern, replacement, renamed)
        other = given.after / renamed
        if not other.exists():
            missing += 1
            print(f"{name}: not there")
            continue
        compared += 1
        tolerance = 0.0 if name.partition("/")[0] in TIER_1 else given.tolerance
        for told in compare(file, other, tolerance):
            changed += 1
            print(f"{name}: {told}")
    print(f"{compared} files compared, {changed} variables differ, {missing} files are missing")
    return changed


if __name__ == "__main__":
    sys.exit(min(main(), 125))
