"""The rules of the house: style, types, floors, and environments that do not drift."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mbl.catalogue import catalogue
from mbl.registry import Statistic
from mbl.settings.tables import with_tables

ROOT = Path(__file__).parents[1]


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff(arguments):
    run(sys.executable, "-m", "ruff", *arguments)


def test_types():
    run(sys.executable, "-m", "mypy")


def test_floors():
    run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def pinned(lock):
    text = (ROOT / "envs" / lock).read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def test_both_locks_pin_the_same_versions():
    run_time, tests = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert run_time.items() <= tests.items()


def test_conda_environment_has_the_locks_versions():
    sys.path.insert(0, str(ROOT / "envs"))
    try:
        import conda
    finally:
        sys.path.pop(0)
    locked = pinned("requirements.lock")
    environment = (ROOT / "envs" / "environment.yaml").read_text()
    for name in conda.direct():
        assert f"{conda.OTHER_NAME.get(name, name)} ={locked[name]}\n" in environment


def test_locks_are_hashed_and_name_no_registry():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "envs" / lock).read_text()
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)
        for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
            assert "==" not in block or "--hash=sha256:" in block


def test_every_requirement_has_its_reason_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for lock in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / "envs" / lock).read_text().splitlines():
            if line and line[0] not in "#-":
                name = re.match(r"[\w-]+", line)[0]
                assert f"`{name}`" in readme, name


def test_no_module_grows_past_400_lines():
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "workflow").rglob("*.*")]:
        if path.suffix in (".py", ".smk"):
            assert len(path.read_text().splitlines()) <= 400, path


def test_the_tables_of_the_configuration_are_as_declared():
    readme = (ROOT / "config" / "README.md").read_text()
    assert with_tables(readme) == readme, "run `make tables`"
    keys = re.findall(r"^\| `([\w.]+)` \|", readme, re.MULTILINE)
    assert len(keys) > 80
    assert len(set(keys)) == len(keys)


def test_the_registry_stays_small():
    assert len((ROOT / "src" / "mbl" / "registry.py").read_text().splitlines()) < 250


def test_planning_imports_no_numerics():
    script = (
        "import sys, yaml\n"
        "from mbl import planning\n"
        "planning.Plan(yaml.safe_load(open('config/default.yaml')))\n"
        "print(*({'numpy', 'scipy', 'xarray', 'matplotlib', 'netCDF4'} & set(sys.modules)))\n"
    )
    # The first run compiles what is declared.
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == ""


def test_no_bound_of_a_claim_depends_on_an_error():
    """Errors enter verdicts in one place only, where larger ones decide less."""
    measured = {name for one in catalogue()[Statistic].values() for name in one.contents}
    for path in (ROOT / "src" / "mbl" / "papers").glob("*/claims*.py"):
        text = path.read_text()
        assert not re.search(r"\.error\b|_interval", text), path
        assert set(re.findall(r'"(\w+_error)"', text)) <= measured, path
