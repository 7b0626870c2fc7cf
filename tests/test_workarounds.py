"""What is avoided from outside is still there: where one of these fails, the function goes."""

import importlib.metadata
import inspect
import subprocess
import sys
from types import SimpleNamespace

import pytest

from mbl import workarounds


def test_xarray_still_imports_dask_arrays_at_its_first_operation():
    script = (
        "import sys, xarray as xr\n"
        "xr.Dataset({'x': ('t', [1.0])}).mean('t')\n"
        "print('dask.array' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True", "xarray no longer does: drop without_dask_arrays"


def test_without_dask_arrays_nothing_is_imported_and_all_goes_on():
    script = (
        "import sys, numpy as np, xarray as xr\n"
        "from scipy.stats import bootstrap\n"
        "from mbl.workarounds import without_dask_arrays\n"
        "without_dask_arrays()\n"
        "print(float(xr.Dataset({'x': ('t', [1.0])}).mean('t').x))\n"
        "print(bootstrap((np.arange(9.0),), np.mean, n_resamples=9).standard_error > 0)\n"
        "print('dask.array.core' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1.0", "True", "False"]


def test_snakemake_still_sets_a_timer_for_every_finished_job():
    from snakemake.scheduling.job_scheduler import JobScheduler

    source = inspect.getsource(JobScheduler)
    timer = "self._schedule_reevalutation(self.job_rate_limiter.timespan)"
    assert timer in source, "Snakemake no longer does: drop without_rate_limit"


def test_the_limit_is_dropped_where_it_is_known_and_left_with_a_word_elsewhere(monkeypatch):
    scheduler = SimpleNamespace(job_rate_limiter=object())
    workarounds.without_rate_limit(scheduler)
    assert scheduler.job_rate_limiter is None
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "10.0")
    other = SimpleNamespace(job_rate_limiter=1)
    with pytest.warns(UserWarning, match="left as it is"):
        workarounds.without_rate_limit(other)
    assert other.job_rate_limiter == 1
