"""JSON schemas of single values of the configuration; each description says what is wanted there.

The description stands in the error message where a value is not it: ``… is not a whole number …``.
"""

from typing import Any

Schema = dict[str, Any]

COUNT: Schema = {"type": "integer", "minimum": 1, "description": "a whole number from 1"}
FROM_ZERO: Schema = {"type": "integer", "minimum": 0, "description": "a whole number from 0"}
NUMBER: Schema = {"type": "number", "description": "a number"}
POSITIVE: Schema = {"type": "number", "exclusiveMinimum": 0, "description": "a number above 0"}
SIZE: Schema = {
    "type": "integer",
    "minimum": 3,
    "description": "a whole number of sites, 3 or more",
}
SEEDS: Schema = {"type": "string", "description": "the first and the last seed, as in 0-99"}
PATH: Schema = {"type": "string", "minLength": 1, "description": "a directory"}


def described(schema: Schema, description: str) -> Schema:
    """A schema under another description."""
    return schema | {"description": description}


def at_least(minimum: int, description: str, maximum: int | None = None) -> Schema:
    """Whole numbers from a least one, to a largest one where there is one."""
    most = {} if maximum is None else {"maximum": maximum}
    return {"type": "integer", "minimum": minimum, "description": description} | most


def share(description: str) -> Schema:
    """Numbers between 0 and 1, both excluded."""
    return {
        "type": "number",
        "exclusiveMinimum": 0,
        "exclusiveMaximum": 1,
        "description": description,
    }


def list_of(items: Schema, description: str, *, unique: bool = False) -> Schema:
    """Lists of one value or more."""
    once = {"uniqueItems": True} if unique else {}
    return {"type": "array", "minItems": 1, "items": items, "description": description, **once}


def one_of(*values: str, description: str) -> Schema:
    """One of some words."""
    return {"enum": list(values), "description": description}


def by_name(pattern: str, items: Schema, description: str) -> Schema:
    """Values by names of a pattern, as ``L=13: 10``."""
    return {
        "type": "object",
        "additionalProperties": False,
        "description": description,
        "patternProperties": {f"^{pattern}$": items},
    }


def entries(**properties: Schema) -> Schema:
    """A mapping of exactly these keys."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


LABELLING: Schema = {"$ref": "#/$defs/labelling"}  # the names of those that are declared
LABELLINGS = list_of(LABELLING, "a list of labellings, each once", unique=True)
