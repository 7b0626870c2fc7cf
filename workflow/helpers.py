"""What the rules ask beyond the settings: source hashes, costs and input files of wildcards."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mbl import costs
from mbl.keys import LABELLINGS, Key, seed_range
from mbl.provenance import PACKAGE, source_hash
from mbl.settings import Settings, check_intermediates, check_writable, merge, read_yaml

__all__ = ["LABELLINGS", "check_intermediates", "check_writable", "costs"]

ASSIGNED = tuple(name for name in LABELLINGS if name != "sorted")
ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "workflow" / "scripts"
SNAKEMAKE_MB = 400  # Snakemake beside a script: two or three processes, 130 MB each


# What each figure is drawn from: kinds of tier 2 files, by the names of the files.
FIGURE_DATA: dict[str, dict[str, tuple[str, ...]]] = {
    "goihl2018": {
        "fig1": ("realisation",),
        "fig2": ("locality_statistics",),
        "fig3": ("locality_statistics",),
        "fig4": ("locality_statistics",),
        "fig5": ("buffer_statistics",),
        "fig6": ("effective_statistics",),
        "fig7": ("effective_statistics",),
        "fig8": ("imbalance_statistics",),
    },
    "colmenarez2023": {
        "fig1": (),
        "fig2": ("midspectrum_statistics", "crossings"),
        "fig3": ("midspectrum_statistics",),
        "fig4": ("midspectrum_statistics",),
        "fig5": ("midspectrum_statistics",),
        "fig6": ("midspectrum_statistics",),
        "fig7": ("midspectrum_statistics",),
        "fig8": ("midspectrum_statistics",),
        "fig9": ("response",),
        "theory": ("midspectrum_statistics", "response", "perturbation"),
    },
    "beyond": {
        "lbit_methods": ("labelling_statistics",),
        "finite_size": ("locality_statistics",),
    },
    "huse2014": {
        "algebra": (
            "algebra_statistics",
            "range_statistics",
            "coupling_statistics",
            "echo_statistics",
        ),
        "mean_range": ("range_statistics",),
        "couplings": ("coupling_statistics",),
        "entanglement_growth": ("growth_statistics",),
        "spin_echo": ("echo_statistics",),
    },
    "swingle2013": {
        "density_of_states": ("fixed_point_spectrum_statistics",),
        "light_cone": ("fixed_point_light_cone_statistics",),
        "area_law": ("fixed_point_area_law_statistics",),
        "entanglement_growth": ("fixed_point_growth_statistics",),
        "two_spins": ("fixed_point_two_spins", "fixed_point_growth_statistics"),
        "quasi_adiabatic": ("fixed_point_quasi_adiabatic_statistics",),
        "stability": ("fixed_point_stability_statistics",),
    },
}
FIXED_POINT = "fixed_point_"  # begins the kinds of the fixed-point model
# Statistics over blocks of one kind in all of huse2014's labellings, and that kind.
LABELLED = {"algebra": "algebra", "range": "range", "coupling": "effective"}


def load_settings(config: Mapping[str, Any]) -> Settings:
    """Settings of a configuration, checked."""
    return Settings(config, ROOT / "config" / "schema.yaml")


def smoke_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Configuration of the smoke scale, below the results of the configured one."""
    default, smoke = (
        read_yaml(ROOT / "config" / f"{scale}.yaml") for scale in ("default", "smoke")
    )
    results = {"results": f"{config['pathvars']['results']}/smoke"}
    return merge(merge(default, smoke), {"pathvars": results})


def results(config: Mapping[str, Any]) -> Path:
    """The results directory."""
    return Path(config["pathvars"]["results"])


def all_ensembles(settings: Settings) -> list[str]:
    """Statistics of all named ensembles."""
    rings = [
        f"<results>/ensembles/ring/{ensemble}/{kind}-{settings.labelling}.nc"
        for ensemble in settings.rings
        for kind in ("locality", "buffer", "effective")
    ]
    return (
        rings
        + [f"<results>/ensembles/bubble/{ensemble}/midspectrum.nc" for ensemble in settings.chains]
        + [f"<results>/ensembles/fixed_point/{quantity}.nc" for quantity in settings.fixed_points]
    )


def imbalance_memory(settings: Settings) -> Callable[[Any], int]:
    """Memory of the imbalance at the configured number of times."""
    return lambda wildcards: costs.imbalance_memory_MB(
        int(wildcards.L), settings.imbalance["points"]
    )


def source(*scripts: str) -> str:
    """Hash of the source of scripts and of the physics below them."""
    return source_hash(SCRIPTS / f"{script}.py" for script in scripts)


def memory(script: int | Callable[[Any], int]) -> Callable[[Any, int], int]:
    """Memory of a job in MB: of its script and Snakemake's beside it, more with each attempt."""
    return _growing(script, SNAKEMAKE_MB)


def minutes(limit: int | Callable[[Any], int]) -> Callable[[Any, int], int]:
    """Time limit of a job, longer with each attempt."""
    return _growing(limit)


def _growing(need: int | Callable[[Any], int], beside: int = 0) -> Callable[[Any, int], int]:
    """What a job needs, of its wildcards or always, times the number of its attempt."""

    def request(wildcards: Any, attempt: int) -> int:  # noqa: ANN401
        return attempt * (beside + (need(wildcards) if callable(need) else need))

    return request


def by_size(cost: Callable[[int], int]) -> Callable[[Any], int]:
    """Resource of a job from its number of sites."""
    return lambda wildcards: cost(int(wildcards.L))


def by_block(cost: Callable[[int, int], int]) -> Callable[[Any], int]:
    """Resource of a job from its number of sites and of seeds."""
    return lambda wildcards: cost(int(wildcards.L), len(seed_range(wildcards.seeds)))


def blocks(settings: Settings, kind: str) -> Callable[[Any], list[str]]:
    """Files of one kind and labelling over all blocks of an ensemble."""
    return lambda wildcards: settings.files(
        settings.rings[wildcards.ensemble], f"{kind}-{wildcards.labelling}.nc"
    )


def start_of_labelling(wildcards: Any) -> list[str]:  # noqa: ANN401
    """File of the labelling that another one starts from."""
    if wildcards.labelling != "localized":
        return []
    ring = f"<results>/ring/L={wildcards.L}/Delta={wildcards.Delta}"
    return [f"{ring}/seeds={wildcards.seeds}/lbits-combined.nc"]


def labelled_blocks(settings: Settings, kind: str = "") -> Callable[[Any], list[str]]:
    """Files of one kind, or of a statistic's, over all blocks of an ensemble and all labellings."""

    def files(wildcards: Any) -> list[str]:  # noqa: ANN401
        keys = settings.rings[wildcards.ensemble]
        of = kind or LABELLED[wildcards.statistic]
        labellings = settings.toolbox["labellings"]
        return [f for name in labellings for f in settings.files(keys, f"{of}-{name}.nc")]

    return files


def compared(settings: Settings) -> Callable[[Any], dict[str, list[Key]]]:
    """Keys of an ensemble at which each labelling is compared with the others."""
    figure = settings.figures["beyond"]["lbit_methods"]

    def keys(wildcards: Any) -> dict[str, list[Key]]:  # noqa: ANN401
        ensemble = settings.rings[wildcards.ensemble]
        least = min(key.L for key in ensemble)
        smallest = [key for key in ensemble if least == key.L]
        return {
            name: ensemble if name in figure["larger"] else smallest
            for name in figure["labellings"]
        }

    return keys


def compared_blocks(settings: Settings, kind: str) -> Callable[[Any], list[str]]:
    """Files of one kind over all blocks of an ensemble and all labellings that are compared."""
    return lambda wildcards: [
        file
        for labelling, keys in compared(settings)(wildcards).items()
        for file in settings.files(keys, f"{kind}-{labelling}.nc")
    ]


def statistic_kind(wildcards: Any) -> str:  # noqa: ANN401
    """Kind of the blocks that a statistic is of."""
    return LABELLED[wildcards.statistic]


def pbit_blocks(settings: Settings) -> Callable[[Any], list[str]]:
    """Dynamics of p-bits, which have no labelling, over all blocks of an ensemble."""
    return lambda wildcards: settings.files(settings.rings[wildcards.ensemble], "dynamics.nc")


def dynamics_minutes(settings: Settings) -> Callable[[Any], int]:
    """Time limit of the dynamics of one block."""
    states, times = settings.toolbox["states"], settings.toolbox["times"]["points"]
    return lambda wildcards: costs.dynamics_minutes(
        int(wildcards.L), len(seed_range(wildcards.seeds)), states, times
    )


def fixed_point_blocks(settings: Settings) -> Callable[[Any], list[str]]:
    """Files of a quantity of the fixed-point model over all blocks of its ensemble."""
    return lambda wildcards: settings.fixed_point_files(wildcards.quantity)


def fixed_point_members(settings: Settings) -> Callable[[Any], list[Any]]:
    """Sizes, localization lengths and seeds of a quantity of the fixed-point model."""
    return lambda wildcards: settings.fixed_points[wildcards.quantity]


def fixed_point_options(settings: Settings) -> Callable[[Any], dict[str, Any]]:
    """What the statistics of a quantity of the fixed-point model depend on."""
    options = {
        "spectrum": {"order_decay": settings.fixed_point["order_decay"]},
        "growth": dict(settings.fixed_point["rates"]),
    }
    return lambda wildcards: options.get(wildcards.quantity, {})


def midspectrum_blocks(settings: Settings) -> Callable[[Any], list[str]]:
    """Mid-spectra over all blocks of an ensemble."""
    return lambda wildcards: settings.files(settings.chains[wildcards.ensemble], "midspectrum.nc")


def members(ensembles: Mapping[str, list[Any]]) -> Callable[[Any], list[Any]]:
    """Sizes, disorder strengths and seeds of an ensemble."""
    return lambda wildcards: ensembles[wildcards.ensemble]


def midspectrum(settings: Settings) -> dict[str, Any]:
    """Parameters of all mid-spectra."""
    wanted = ("anisotropy", "coupling", "states", "solver", "certify_every")
    return {name: settings.bubble[name] for name in wanted}


def beta(settings: Settings) -> Callable[[Any], float]:
    """Bandwidth β of a bubble: as the path has it, else as tuned."""

    def value(wildcards: Any) -> float:  # noqa: ANN401
        given = wildcards.get("beta")
        return float(given) if given else settings.beta(int(wildcards.n))

    return value


def midspectrum_memory(settings: Settings) -> Callable[[Any], int]:
    """Memory of a job over one block of mid-spectra."""
    states, solver = settings.bubble["states"], settings.bubble["solver"]
    return lambda wildcards: costs.midspectrum_memory_MB(
        int(wildcards.get("n", 0)), int(wildcards.L), states, solver
    )


def midspectrum_minutes(settings: Settings) -> Callable[[Any], int]:
    """Time limit of a job over one block of mid-spectra."""
    states = settings.bubble["states"]
    return lambda wildcards: costs.midspectrum_minutes(
        int(wildcards.get("n", 0)), int(wildcards.L), states, len(seed_range(wildcards.seeds))
    )


def block_of(settings: Settings, name: str) -> Callable[[Any], str]:
    """File of the block that holds one seed."""

    def file(wildcards: Any) -> str:  # noqa: ANN401
        seed = int(wildcards.seed)
        key = Key(int(wildcards.L), float(wildcards.Delta), range(seed, seed + 1))
        (only,) = settings.block_files(key, name.format(labelling=wildcards.labelling))
        return only

    return file


def figures(paper: str) -> list[str]:
    """All figures of a paper, each in three formats with its data."""
    return [
        f"<results>/figures/{paper}/{figure}.{ending}"
        for figure in FIGURE_DATA[paper]
        for ending in ("pdf", "png", "svg", "nc")
    ]


def figure_kinds(wildcards: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Kinds of the data that a figure is drawn from."""
    return FIGURE_DATA[wildcards.paper][wildcards.figure]


def figure_source(wildcards: Any) -> str:  # noqa: ANN401
    """Hash of the source that draws the figures of a paper."""
    return source_hash([SCRIPTS / "figure.py", PACKAGE / "plotting" / f"{wildcards.paper}.py"])


def figure_options(settings: Settings) -> Callable[[Any], dict[str, Any]]:
    """What a figure of colmenarez2023 or swingle2013 shows of its data."""

    def options(wildcards: Any) -> dict[str, Any]:  # noqa: ANN401
        if wildcards.paper in ("goihl2018", "beyond", "huse2014"):
            return {}  # those figures show their whole ensemble
        shown = dict(settings.figures[wildcards.paper][wildcards.figure])
        if wildcards.figure == "fig6":
            shown["tuned"] = settings.bubble["beta"]
        return {name: shown[name] for name in shown if name not in ("ensemble", "labellings")}

    return options


def figure_data(settings: Settings) -> Callable[[Any], list[str]]:
    """Tier 2 files that a figure is drawn from."""

    def files(wildcards: Any) -> list[str]:  # noqa: ANN401
        shown = settings.figures[wildcards.paper][wildcards.figure]
        return [_figure_file(settings, kind, shown) for kind in figure_kinds(wildcards)]

    return files


def claim_data(settings: Settings) -> list[str]:
    """Tier 2 files of all figures, each once: what the ledger's verdicts rest on."""
    files = [file for pairs in _data_by_figure(settings).values() for file, _ in pairs]
    return list(dict.fromkeys(files))


def _data_by_figure(settings: Settings) -> dict[str, list[tuple[str, str]]]:
    """Tier 2 files and their kinds for every figure, by paper and figure."""
    return {
        f"{paper}/{figure}": [
            (_figure_file(settings, kind, settings.figures[paper][figure]), kind) for kind in kinds
        ]
        for paper, figures in FIGURE_DATA.items()
        for figure, kinds in figures.items()
    }


def claim_figures(settings: Settings) -> dict[str, list[tuple[int, str]]]:
    """For every figure the positions of its files among `claim_data`, and their kinds."""
    files = claim_data(settings)
    return {
        figure: [(files.index(file), kind) for file, kind in pairs]
        for figure, pairs in _data_by_figure(settings).items()
    }


def claim_source() -> str:
    """Hash of the ledger, statements included, and of the source below it."""
    statements = [path.read_bytes() for path in sorted((PACKAGE / "claims").glob("*.py"))]
    return source("claims") + hashlib.sha256(b"".join(statements)).hexdigest()[:16]


def _figure_file(settings: Settings, kind: str, shown: Mapping[str, Any]) -> str:
    """Tier 2 file of one kind for what a figure shows."""
    name = kind.removesuffix("_statistics")
    if kind == "perturbation":
        return "<results>/ensembles/chain/perturbation.nc"
    if kind == "realisation":
        key = Key(shown["L"], shown["Delta"], range(0)).directory(Path("<results>/ensembles"))
        return f"{key}/seed={shown['seed']}/averages-{settings.labelling}.nc"
    if kind in ("midspectrum_statistics", "crossings", "response"):
        return f"<results>/ensembles/bubble/{shown['ensemble']}/{name}.nc"
    if kind == "labelling_statistics":
        return f"<results>/ensembles/ring/{shown['ensemble']}/labellings.nc"
    if kind.startswith(FIXED_POINT):
        return f"<results>/ensembles/fixed_point/{name.removeprefix(FIXED_POINT)}.nc"
    if any(kind in kinds for kinds in FIGURE_DATA["huse2014"].values()):
        return f"<results>/ensembles/ring/{shown['ensemble']}/{name}.nc"
    return f"<results>/ensembles/ring/{shown['ensemble']}/{name}-{settings.labelling}.nc"
