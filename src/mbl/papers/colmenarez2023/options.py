"""What the figures of colmenarez2023 show of their ensembles."""

from mbl import schemas
from mbl.registry import Option

SIZES = schemas.list_of(schemas.SIZE, "a list of sizes L")
STRENGTHS = schemas.list_of(
    schemas.described(schemas.POSITIVE, "a disorder strength W, a number above 0"),
    "a list of disorder strengths W, numbers above 0",
)
DISTANCE = schemas.described(schemas.FROM_ZERO, "a distance from the bubble, from 0")
DISTANCES = schemas.list_of(DISTANCE, "a list of distances from the bubble")


def sizes(*default: int) -> dict[str, Option]:
    """Sizes of the chains with a bubble; the chain alone beside each is two sites longer."""
    meaning = "L of the chains with a bubble that are shown; alone they are two sites longer"
    return {"sizes": Option(list(default), SIZES, meaning)}


def size(default: int) -> dict[str, Option]:
    """One size."""
    meaning = "L of the chain with a bubble that is shown; alone it is two sites longer"
    return {"size": Option(default, schemas.SIZE, meaning)}


def strengths(*default: float) -> dict[str, Option]:
    """Disorder strengths."""
    return {"strengths": Option(list(default), STRENGTHS, "disorder strengths W shown", "J")}


def distance(default: int) -> dict[str, Option]:
    """One distance."""
    return {"distance": Option(default, DISTANCE, "distance from the bubble that is shown")}


def distances(*default: int) -> dict[str, Option]:
    """Several distances."""
    return {"distances": Option(list(default), DISTANCES, "distances from the bubble shown")}
