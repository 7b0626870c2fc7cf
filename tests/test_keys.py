import pytest

from mbl.keys import block_name, number, seed_blocks, seed_range


@pytest.mark.parametrize(
    ("value", "text"), [(10, "10.0"), (7.5, "7.5"), (0.00001, "0.00001"), (1e4, "10000.0")]
)
def test_strengths_have_one_spelling_that_reads_back(value, text):
    assert number(value) == text
    assert float(text) == value


@pytest.mark.parametrize(("text", "seeds"), [("0-0", range(1)), ("0010-0019", range(10, 20))])
def test_seeds_are_first_and_last(text, seeds):
    assert seed_range(text) == seeds


@pytest.mark.parametrize("text", ["", "5", "a-b", "-1-3", "3-", "0-99-1"])
def test_other_texts_are_no_seeds(text):
    with pytest.raises(ValueError, match="first-last"):
        seed_range(text)


def test_an_empty_range_is_refused():
    with pytest.raises(ValueError, match="empty range"):
        seed_range("5-4")


def test_names_of_blocks_read_back():
    assert block_name(range(0, 10)) == "0000-0009"
    assert seed_range(block_name(range(12340, 12350))) == range(12340, 12350)


@pytest.mark.parametrize("seeds", [range(0, 25), range(7, 8), range(10, 20)])
@pytest.mark.parametrize("size", [1, 4, 10])
def test_blocks_cover_the_seeds_and_start_at_multiples_of_their_size(seeds, size):
    blocks = list(seed_blocks(seeds, size))
    covered = [seed for block in blocks for seed in block]
    assert set(seeds) <= set(covered)
    assert len(covered) == len(set(covered))
    assert all(block.start % size == 0 and len(block) == size for block in blocks)
    assert all(set(block) & set(seeds) for block in blocks)


def test_more_seeds_only_add_blocks():
    few, more = list(seed_blocks(range(25), 10)), list(seed_blocks(range(40), 10))
    assert more[: len(few)] == few
