"""What the rules ask beyond the settings: source hashes, costs and input files of wildcards."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from mbl import costs
from mbl.keys import Key, ring_key, seed_range
from mbl.lbits.labelling import LABELLINGS
from mbl.provenance import source_hash
from mbl.settings import Settings, check_intermediates, check_writable, merge

__all__ = ["LABELLINGS", "check_intermediates", "check_writable", "costs"]

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "workflow" / "scripts"


# Kind of the tier 2 file that a figure of goihl2018 is drawn from.
FIGURE_KINDS = {
    "fig1": "realisation",
    "fig2": "locality_statistics",
    "fig3": "locality_statistics",
    "fig4": "locality_statistics",
    "fig5": "buffer_statistics",
    "fig6": "effective_statistics",
    "fig7": "effective_statistics",
    "fig8": "imbalance_statistics",
}


def load_settings(config: Mapping[str, Any]) -> Settings:
    """Settings of a configuration, checked."""
    return Settings(config, ROOT / "config" / "schema.yaml")


def smoke_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Configuration of the smoke scale, below the results of the configured one."""
    default, smoke = (
        yaml.safe_load((ROOT / "config" / f"{scale}.yaml").read_text())
        for scale in ("default", "smoke")
    )
    results = {"results": f"{config['pathvars']['results']}/smoke"}
    return merge(merge(default, smoke), {"pathvars": results})


def results(config: Mapping[str, Any]) -> Path:
    """The results directory."""
    return Path(config["pathvars"]["results"])


def all_ensembles(settings: Settings) -> list[str]:
    """Statistics of all named ensembles."""
    return [
        f"<results>/ensembles/ring/{ensemble}/{kind}-{settings.labelling}.nc"
        for ensemble in settings.ensembles
        for kind in ("locality", "buffer", "effective")
    ]


def imbalance_memory(settings: Settings) -> Callable[[Any], int]:
    """Memory of the imbalance at the configured number of times."""
    return lambda wildcards: costs.imbalance_memory_MB(
        int(wildcards.L), settings.imbalance["points"]
    )


def source(*scripts: str) -> str:
    """Hash of the source of scripts and of the physics below them."""
    return source_hash(SCRIPTS / f"{script}.py" for script in scripts)


def by_size(cost: Callable[[int], int]) -> Callable[[Any], int]:
    """Resource of a job from its number of sites."""
    return lambda wildcards: cost(int(wildcards.L))


def by_block(cost: Callable[[int, int], int]) -> Callable[[Any], int]:
    """Resource of a job from its number of sites and of seeds."""
    return lambda wildcards: cost(int(wildcards.L), len(seed_range(wildcards.seeds)))


def blocks(settings: Settings, kind: str) -> Callable[[Any], list[str]]:
    """Files of one kind and labelling over all blocks of an ensemble."""
    return lambda wildcards: settings.ensemble_files(
        wildcards.ensemble, f"{kind}-{wildcards.labelling}.nc"
    )


def members(settings: Settings) -> Callable[[Any], list[Any]]:
    """Sizes, disorder strengths and seeds of an ensemble."""
    return lambda wildcards: settings.ensembles[wildcards.ensemble]


def block_of(settings: Settings, name: str) -> Callable[[Any], str]:
    """File of the block that holds one seed."""

    def file(wildcards: Any) -> str:  # noqa: ANN401
        seed = int(wildcards.seed)
        key = Key(int(wildcards.L), float(wildcards.Delta), range(seed, seed + 1))
        (only,) = settings.block_files(key, name.format(labelling=wildcards.labelling))
        return only

    return file


def figure_kind(wildcards: Any) -> str:  # noqa: ANN401
    """Kind of the data that a figure is drawn from."""
    return FIGURE_KINDS[wildcards.figure]


def figure_data(settings: Settings) -> Callable[[Any], str]:
    """Tier 2 file that a figure of goihl2018 is drawn from."""

    def file(wildcards: Any) -> str:  # noqa: ANN401
        if wildcards.figure == "fig1":
            one = settings.figures["goihl2018"]["fig1"]
            key = ring_key(Path("<results>/ensembles"), one["L"], one["Delta"])
            return f"{key}/seed={one['seed']}/averages-{settings.labelling}.nc"
        entry = settings.figures["goihl2018"][wildcards.figure]
        kind = FIGURE_KINDS[wildcards.figure].removesuffix("_statistics")
        return f"<results>/ensembles/ring/{entry['ensemble']}/{kind}-{settings.labelling}.nc"

    return file
