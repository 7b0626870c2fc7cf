"""Print the conda environment with the versions that the lock pins for the direct requirements."""

import re
from pathlib import Path

HERE = Path(__file__).parent
EXECUTORS = ("snakemake-executor-plugin-cluster-generic", "snakemake-executor-plugin-slurm")
OTHER_NAME = {
    "snakemake": "bioconda::snakemake-minimal",
    **{plugin: f"bioconda::{plugin}" for plugin in EXECUTORS},
    "matplotlib": "matplotlib-base",
}


def direct() -> list[str]:
    """Names in requirements.in that every platform has."""
    lines = (HERE / "requirements.in").read_text().splitlines()
    named = [line for line in lines if line and line[0] != "#" and ";" not in line]
    return [re.match(r"[\w-]+", line)[0] for line in named]


def pinned() -> dict[str, str]:
    """Versions in requirements.lock."""
    lock = (HERE / "requirements.lock").read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, flags=re.MULTILINE))


if __name__ == "__main__":
    versions = pinned()
    print("# The lock's versions for conda users; written by conda.py, held equal by a test.")
    print("# The package itself comes on top: pip install --no-deps --no-build-isolation .")
    print("name: mbl-figures\nchannels: [conda-forge, bioconda]\ndependencies:\n  - python >=3.11")
    for name in direct():
        print(f"  - {OTHER_NAME.get(name, name)} ={versions[name]}")
    print("  - pip")
