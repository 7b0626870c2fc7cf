"""The report: Snakemake's own, of all figures with the configuration that was run."""

import subprocess
import sys
from pathlib import Path

from wrapper import log, run

from mbl.datasets import replacing

ROOT = Path(__file__).parents[2]


def main(settings: Path, page: Path, report: Path) -> None:
    """Let Snakemake report on all that the configuration asks for."""
    with replacing(report) as unfinished:
        command = [sys.executable, "-m", "snakemake", "all", str(page)]
        command += ["--snakefile", str(ROOT / "Snakefile"), "--configfile", str(settings)]
        command += ["--report", str(unfinished)]
        command += ["--report-stylesheet", str(ROOT / "workflow/report/style.css")]
        command += ["--nolock"]  # the run that asks for the report holds the lock, and waits
        done = subprocess.run(command, text=True, capture_output=True, check=False)
        log.info("%s", done.stdout + done.stderr)
        done.check_returncode()


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
