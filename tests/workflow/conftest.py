import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ["Snakefile", "workflow", "config", "src", "profiles", "envs", "pyproject.toml"]
PARTS += ["CITATION.cff", "LICENSE"]


class Project:
    """A copy of the project whose source a test may edit, with its own results."""

    original = ROOT

    def __init__(self, path: Path) -> None:
        self.path = path
        self.results = path / "results"

    @classmethod
    def new(cls, path: Path) -> "Project":
        path.mkdir(parents=True)
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(
                    source, path / part, ignore=shutil.ignore_patterns("__pycache__", ".*")
                )
            else:
                shutil.copy2(source, path / part)
        return cls(path)

    def copy(self, path: Path) -> "Project":
        """The same with all results, time stamps and Snakemake's records."""
        shutil.copytree(self.path, path, symlinks=True)
        return Project(path)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "snakemake", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        # The copy's package, not the installed one; caches of the test's own.
        return os.environ | {"PYTHONPATH": str(self.path / "src")}

    def snakemake(self, *arguments: str, fails: bool = False, timeout: float = 600) -> str:
        """Run Snakemake to its end; what it printed."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.path,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout
        return done.stdout

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start Snakemake in the background; `printed` is what it has said so far."""
        with (self.path / "printed").open("w") as printed:
            return subprocess.Popen(
                self.command(*arguments),
                cwd=self.path,
                env=self.environment,
                stdout=printed,
                stderr=subprocess.STDOUT,
                # What a shell starts in the background ignores Ctrl-C, and so would our child.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                **options,
            )

    @property
    def printed(self) -> str:
        return (self.path / "printed").read_text()

    def planned(self, *arguments: str) -> dict[str, int]:
        """Jobs that a dry run would start, by rule."""
        printed = self.snakemake("--dry-run", *arguments)
        if "Nothing to be done" in printed:
            return {}
        table = printed.split("Job stats:")[1].split("total")[0]
        return {name: int(n) for name, n in re.findall(r"^(\w+) +(\d+)$", table, re.MULTILINE)}

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.path / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.new(tmp_path / "project")


@pytest.fixture(scope="session")
def smoke(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smoke scale, run once for all workers; not to be changed: copy it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    done, path = folder / "smoke.done", folder / "smoke"
    with (folder / "smoke.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            Project.new(path).snakemake("--cores", "2", "smoke")
            done.touch()
    return Project(path)


@pytest.fixture(scope="session")
def published(smoke: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smoke scale with its report and archive; not to be changed."""
    project = smoke.copy(tmp_path_factory.mktemp("published") / "project")
    project.snakemake("--cores", "2", "smoke_report", "smoke_archive")
    return project
