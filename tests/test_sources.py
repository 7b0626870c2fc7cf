"""The hash of a function's source follows what is computed, definition by definition."""

import pytest

from mbl import sources
from mbl.sources import definitions_of, source_hash

PACKAGE = {
    "__init__": "",
    "low": "ONE = 1\nTWO = 2\n\n\ndef unused():\n    return TWO\n",
    "high": (
        "from mbl import other\n"
        "from mbl.low import ONE\n\n\n"
        "def number():\n    return ONE\n\n\n"
        "def whole():\n    return other.three()\n"
    ),
    "other": "THREE = 3\n\n\ndef three():\n    return THREE\n",
    "classes": (
        "from mbl.low import ONE, TWO\n\n\n"
        "class Ring:\n"
        "    L = 3\n\n"
        "    def energy(self):\n        return ONE\n\n"
        "    def locality(self):\n        return TWO\n\n\n"
        "def energies(ring: Ring):\n    return ring.energy()\n"
    ),
    "declared": (
        "from mbl.registry import figure\n\n\n"
        '@figure("paper", ensemble="one")\n'
        'def drawn():\n    """Title."""\n    return 1\n'
    ),
    "registry": "def figure(*a, **k):\n    return lambda f: f\n",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in place of ours; `edit` changes a module of it."""
    root = tmp_path / "mbl"
    root.mkdir()
    for name, text in PACKAGE.items():
        (root / f"{name}.py").write_text(text)
    monkeypatch.setattr(sources, "PACKAGE", root)
    sources._module.cache_clear()

    def edit(module, old, new):
        path = root / f"{module}.py"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        sources._module.cache_clear()

    yield edit
    sources._module.cache_clear()


def test_a_function_rests_on_the_names_that_it_uses(package):
    assert definitions_of("mbl.high:number") == {("mbl.high", "number"), ("mbl.low", "ONE")}


def test_a_module_used_by_name_counts_whole(package):
    found = definitions_of("mbl.high:whole")
    assert {("mbl.other", "three"), ("mbl.other", "THREE")} < found
    assert ("mbl.low", "ONE") not in found


def test_of_a_class_only_the_methods_that_are_called_count(package):
    found = definitions_of("mbl.classes:energies")
    assert {("mbl.classes", "Ring"), ("mbl.classes", "Ring.energy"), ("mbl.low", "ONE")} < found
    assert not {("mbl.classes", "Ring.locality"), ("mbl.low", "TWO")} & found


@pytest.mark.parametrize(
    ("module", "old", "new", "changes"),
    [
        ("low", "ONE = 1", "ONE = 5", True),
        ("low", "TWO = 2", "TWO = 5", False),
        ("high", "return ONE", "return 1 * ONE", True),
        ("high", "return ONE", "return ONE  # why", False),
        ("high", "def number():\n", 'def number():\n    """Told."""\n', False),
        ("high", "return other.three()", "return 4", False),
    ],
)
def test_the_hash_follows_what_is_done_not_how_it_is_told(package, module, old, new, changes):
    before = source_hash("mbl.high:number")
    package(module, old, new)
    assert (source_hash("mbl.high:number") != before) == changes


def test_declarations_do_not_count(package):
    before = source_hash("mbl.declared:drawn")
    package("declared", 'ensemble="one"', 'ensemble="two"')
    package("declared", "Title.", "Another title.")
    assert source_hash("mbl.declared:drawn") == before
    package("declared", "return 1", "return 2")
    assert source_hash("mbl.declared:drawn") != before


def test_a_new_dataset_format_changes_every_hash(package, monkeypatch):
    before = source_hash("mbl.high:number")
    monkeypatch.setattr(sources, "DATASET_FORMAT", sources.DATASET_FORMAT + 1)
    assert source_hash("mbl.high:number") != before
