from pathlib import Path

import pytest

from mbl import provenance
from mbl.provenance import modules_of, source_hash, versions

SCRIPTS = Path(__file__).parents[1] / "workflow" / "scripts"


@pytest.mark.parametrize(
    ("script", "modules"),
    [
        ("sample_ring", {"mbl.disorder", "mbl.hilbert"}),
        ("label_sorted", {"mbl.lbits", "mbl.lbits.sorting", "mbl.hilbert"}),
        (
            "effective_statistics",
            {"mbl.ensembles", "mbl.ensembles.effective", "mbl.ensembles.statistics"},
        ),
    ],
)
def test_a_script_rests_on_the_physics_below_it_alone(script, modules):
    assert modules_of(SCRIPTS / f"{script}.py") == modules


def test_the_hash_follows_what_is_done_not_how_it_is_told(tmp_path):
    def hashed(text):
        path = tmp_path / f"{abs(hash(text))}.py"
        path.write_text(text)
        return source_hash([path])

    plain = hashed("def f(x):\n    return x + 1\n")
    assert (
        hashed('"""Told."""\n\ndef f(x):\n    """More."""\n    # why\n    return x + 1\n') == plain
    )
    assert hashed("def f(x):\n    return x + 2\n") != plain


def test_the_hash_follows_the_modules_imported(tmp_path, monkeypatch):
    package = tmp_path / "mbl"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "low.py").write_text("ONE = 1\n")
    (package / "high.py").write_text("from mbl.low import ONE\n")
    (package / "other.py").write_text("TWO = 2\n")
    script = tmp_path / "script.py"
    script.write_text("from mbl.high import ONE\n")
    monkeypatch.setattr(provenance, "PACKAGE", package)

    def fresh():
        provenance._module.cache_clear()
        return source_hash([script])

    before = fresh()
    (package / "other.py").write_text("TWO = 3\n")
    assert fresh() == before
    (package / "low.py").write_text("ONE = 2\n")
    assert fresh() != before
    provenance._module.cache_clear()


def test_a_new_dataset_format_changes_every_hash(monkeypatch):
    script = SCRIPTS / "label_sorted.py"
    before = source_hash([script])
    monkeypatch.setattr(provenance, "DATASET_FORMAT", provenance.DATASET_FORMAT + 1)
    assert source_hash([script]) != before


def test_versions_name_the_libraries():
    import numpy
    import scipy

    about = versions()
    assert about["numpy_version"] == numpy.__version__
    assert about["scipy_version"] == scipy.__version__
    assert "openblas" in about["blas"] or "mkl" in about["blas"] or about["blas"]
