"""What the rules ask: files, costs, options and source hashes of everything that is declared.

Nothing here knows Snakemake but for the shape of what it calls: functions of a job's wildcards,
and of the number of its attempt for what it may need more of.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mbl.catalogue import call, catalogue
from mbl.keys import Key, seed_range
from mbl.registry import Claim, Figure, KeyPart, Labelling, Paper, Quantity, Statistic, System
from mbl.settings import Settings, is_labelled, merge, read_yaml, statistic_file

ROOT = Path(__file__).parents[2]
SNAKEMAKE_MB = 400  # Snakemake beside a script: two or three processes, 130 MB each
Wildcards = Any


@dataclass(frozen=True)
class Analysis:
    """A looped rule: one quantity for one kind of key.

    Attributes
    ----------
    rule
        Its name.
    quantity
        What is computed.
    inputs
        Files that it needs, by quantity, with wildcards.
    stem
        Its file without ``.nc``, below results, logs and benchmarks.
    """

    rule: str
    quantity: str
    inputs: Mapping[str, str]
    stem: str


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


def papers() -> list[str]:
    """Names of the papers, and of what lies beyond."""
    return list(catalogue()[Paper])


def statistics() -> list[Statistic]:
    """All statistics."""
    return list(catalogue()[Statistic].values())


def wildcard_constraints() -> dict[str, str]:
    """What wildcards may hold; a strength always has its decimal point."""
    whole, real = r"\d+", r"\d+\.\d+"
    parts = {
        name: whole if part.dtype == "i" else real
        for system in catalogue()[System].values()
        for name, part in system.keys.items()
    }
    return parts | {
        "seeds": r"\d+-\d+",
        "labelling": "|".join(catalogue()[Labelling]),
        "ensemble": r"[A-Za-z][A-Za-z0-9_]*",
    }


def labellings(*, averages_only: bool) -> str:
    """Labellings that ask for eigenvectors or do not, as a pattern of a wildcard."""
    declared = catalogue()[Labelling].values()
    return "|".join(one.name for one in declared if one.averages_only == averages_only)


def start_of_labelling(wildcards: Wildcards) -> dict[str, str]:
    """File of the labelling that another one starts from, where it does."""
    start = catalogue()[Labelling][wildcards.labelling].start
    folder = f"<results>/ring/L={wildcards.L}/Delta={wildcards.Delta}/seeds={wildcards.seeds}"
    return {"start": f"{folder}/lbits-{start}.nc"} if start else {}


def analyses() -> Iterator[Analysis]:
    """Rules of all quantities that are not written out."""
    for name, quantity in catalogue()[Quantity].items():
        if quantity.written:
            continue
        system, _, short = name.partition("/")
        patterns = catalogue()[System][system].patterns
        for kind in quantity.patterns or patterns:
            suffix = f"_{kind}" if len(quantity.patterns or patterns) > 1 else ""
            inputs = {
                need: f"<results>/{_stem(f'{system}/{need}', patterns[kind])}.nc"
                for need in quantity.needs
            }
            yield Analysis(f"{system}_{short}{suffix}", name, inputs, _stem(name, patterns[kind]))


def as_made(name: str, inputs: Mapping[str, Any], ancient: Callable[[Any], Any]) -> dict[str, Any]:
    """Inputs of a rule, what the ring's diagonalisation makes of them by its source.

    Making temporary eigenvectors again makes the other output of the same job again: its time stamp
    must not count (`ancient`, Snakemake's), and an edit of the diagonalisation must.
    """
    ring = name.startswith("ring/")
    remade = {"spectrum", "eigenvectors"} & set(inputs) if ring else set()
    files = {need: ancient(file) if need in remade else file for need, file in inputs.items()}
    return files | ({"source": "<results>/ring/source.txt"} if remade else {})


def rule_name(declared: Statistic | Figure) -> str:
    """Name of the rule of a statistic or a figure."""
    ending = "_statistics" if isinstance(declared, Statistic) else ""
    return declared.name.replace("/", "_") + ending


def short_name(declared: Statistic | Figure) -> str:
    """Name without the system or paper."""
    return declared.name.partition("/")[2]


def _stem(name: str, pattern: str) -> str:
    """File of a quantity without its ending, with wildcards."""
    quantity = catalogue()[Quantity][name]
    folder = pattern.rpartition("/")[0] if quantity.shared else pattern
    ending = "-{labelling}" if quantity.labelled else ""
    return f"{folder}/seeds={{seeds}}/{name.partition('/')[2]}{ending}"


def statistic_stem(statistic: Statistic) -> str:
    """File of a statistic without its ending, with wildcards."""
    labelling = "{labelling}" if is_labelled(statistic.name) else ""
    file = statistic_file(statistic, "{ensemble}", labelling)
    return file.removeprefix("<results>/").removesuffix(".nc")


def memory(megabytes: int) -> Callable[[Wildcards, int], int]:
    """Memory of a job in MB: of its script and Snakemake's beside it, more with each attempt."""
    return lambda _, attempt: attempt * (SNAKEMAKE_MB + megabytes)


def minutes(limit: int) -> Callable[[Wildcards, int], int]:
    """Time limit of a job, longer with each attempt."""
    return lambda _, attempt: attempt * limit


def key_of(system: str, wildcards: Wildcards) -> dict[str, Any]:
    """What a job's realisations are keyed by, from its wildcards."""
    parts: Mapping[str, KeyPart] = catalogue()[System][system].keys
    number_of = {"i": int, "f": float}
    return {
        name: number_of[part.dtype](wildcards[name])
        for name, part in parts.items()
        if name in wildcards.keys()  # noqa: SIM118  (wildcards are a list with names)
    }


def source(name: str) -> str:
    """Hash of the source of a quantity, without its labelling's."""
    return catalogue().source(catalogue()[Quantity][name].function)


def labelled_source(wildcards: Wildcards) -> str:
    """Hash of the source that labels eigenstates, by the labelling."""
    declared = catalogue()
    labelling = declared[Labelling][wildcards.labelling].function
    return declared.source(declared[Quantity]["ring/lbits"].function, labelling)


def statistic_source(statistic: Statistic) -> str:
    """Hash of the source of a statistic."""
    return catalogue().source(statistic.function)


def figure_source(figure: Figure) -> str:
    """Hash of the source that draws a figure."""
    return catalogue().source(figure.function)


def ledger_source() -> str:
    """Hash of the source of all claims, with their statements and the figures' captions."""
    declared = catalogue()
    claims = declared[Claim].values()
    texts = [f"{one.title}\0{one.text}" for one in (*claims, *declared[Figure].values())]
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return declared.source(*(claim.function for claim in claims)) + digest[:16]


class Plan:
    """What the rules ask of one configuration.

    Parameters
    ----------
    config
        The configuration, as Snakemake has it.

    Raises
    ------
    SettingsError
        Where it cannot be run.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.settings = Settings(config)

    def parameters(self, name: str) -> dict[str, Any]:
        """Parameters of a job over one block of a quantity."""
        quantity = catalogue()[Quantity][name]
        return {
            "quantity": name,
            "options": self.settings.options(quantity),
            "realisation_options": self.settings.realisation_options(quantity),
        }

    def tuned(self, wildcards: Wildcards) -> dict[str, float]:
        """Bandwidth β of a bubble: as the path has it, else as tuned."""
        keys = key_of("chain", wildcards)
        n = keys.get("n", 0)
        tuned = self.settings.config["chain"]["beta"].get(f"n={n}", 0.0)
        return {"n": n, "beta": keys.get("beta", float(tuned))}

    def memory(self, name: str) -> Callable[[Wildcards, int], int]:
        """Memory of a job over one block of a quantity, in MB."""
        return self._cost(name, catalogue()[Quantity][name].memory, SNAKEMAKE_MB)

    def minutes(self, name: str) -> Callable[[Wildcards, int], int]:
        """Time limit of a job over one block of a quantity."""
        return self._cost(name, catalogue()[Quantity][name].minutes)

    def disk(self, name: str, function: str) -> Callable[[Wildcards], int]:
        """Disk that a job needs, in MB, by the name of a function of `mbl.costs`."""
        needed = self._cost(name, f"mbl.costs:{function}")
        return lambda wildcards: needed(wildcards, 1)

    def _cost(self, name: str, function: str, beside: int = 0) -> Callable[[Wildcards, int], int]:
        """What a job needs, from its key, its number of seeds and its options."""
        quantity, (system, _, _) = catalogue()[Quantity][name], name.partition("/")
        options = self.settings.config[system] | self.settings.options(quantity)

        def request(wildcards: Wildcards, attempt: int) -> int:
            seeds = {"seeds": len(seed_range(wildcards.seeds))}
            known = options | key_of(system, wildcards) | seeds
            return attempt * (beside + int(call(function, known)))

        return request

    def members(self, statistic: Statistic) -> Callable[[Wildcards], list[Key]]:
        """Keys that a statistic is made of; none without disorder."""
        if not statistic.of:
            return lambda _: []
        return lambda wildcards: self.settings.members(
            statistic, wildcards.ensemble, wildcards.get("labelling", "")
        )

    def blocks(self, statistic: Statistic) -> dict[str, Callable[[Wildcards], list[str]]]:
        """Files of each quantity that a statistic is made of."""
        return {name: self._blocks(statistic, name) for name in statistic.of}

    def _blocks(self, statistic: Statistic, name: str) -> Callable[[Wildcards], list[str]]:
        quantity = catalogue()[Quantity][f"{statistic.name.partition('/')[0]}/{name}"]
        members = self.members(statistic)
        return lambda wildcards: self.settings.blocks(
            quantity, members(wildcards), wildcards.get("labelling", "")
        )

    def figures(self, paper: str = "") -> list[Figure]:
        """Figures that are made, of a paper or of all."""
        return self.settings.figures(paper)

    def figure_files(self, paper: str = "") -> list[str]:
        """Figures of a paper or of all, each in three formats with its data."""
        return [
            f"<results>/figures/{figure.name}.{ending}"
            for figure in self.figures(paper)
            for ending in ("pdf", "png", "svg", "nc")
        ]

    def captions(self) -> list[str]:
        """Captions of all figures, in which the ledger tells what is found."""
        return [f"<results>/claims/{figure.name}.rst" for figure in self.figures()]

    def figure_inputs(self, figure: Figure) -> list[str]:
        """Tier 2 files of a figure, those of one statistic after those of another."""
        return [file for files in self.settings.statistics(figure).values() for file in files]

    def figure_tables(self, figure: Figure) -> list[tuple[str, list[str], int]]:
        """Of each of a figure's tables the statistic, its labellings, and the number of files."""
        several = "labellings" in figure.options
        return [
            (
                name,
                self.settings.labellings(figure) if several and is_labelled(name) else [],
                len(files),
            )
            for name, files in self.settings.statistics(figure).items()
        ]

    def figure_options(self, figure: Figure) -> dict[str, Any]:
        """What a figure shows of its tables."""
        shown, config = self.settings.figure(figure), self.settings.config
        used = {one.partition("/")[2]: config[one.partition("/")[0]] for one in figure.uses}
        return {name: shown[name] for name in figure.options if name != "labellings"} | {
            name: system[name] for name, system in used.items()
        }

    def claim_inputs(self) -> list[str]:
        """Tier 2 files of all figures, each once: what the ledger's verdicts rest on."""
        files = [file for figure in self.figures() for file in self.figure_inputs(figure)]
        return list(dict.fromkeys(files))

    def claim_options(self) -> dict[str, dict[str, Any]]:
        """What figures show of their tables, as far as claims depend on it."""
        options: dict[str, dict[str, Any]] = {}
        for claim in catalogue()[Claim].values():
            if claim.asks:
                shown = self.figure_options(catalogue()[Figure][claim.figure])
                asked = {name: shown[name] for name in claim.asks}
                options.setdefault(claim.figure, {}).update(asked)
        return options

    def claim_tables(self) -> dict[str, list[tuple[str, list[str], list[int]]]]:
        """As `figure_tables` for every figure, with positions among `claim_inputs`."""
        position = {file: at for at, file in enumerate(self.claim_inputs())}
        return {
            figure.name: [
                (name, labellings, [position[file] for file in files])
                for (name, labellings, _), files in zip(
                    self.figure_tables(figure),
                    self.settings.statistics(figure).values(),
                    strict=True,
                )
            ]
            for figure in self.figures()
        }

    def ensemble_files(self) -> list[str]:
        """Statistics of all named ensembles: what figures draw of them, or all that is possible."""
        drawn = {file for figure in self.figures() for file in self.figure_inputs(figure)}
        own: list[str] = []
        for system, ensembles in self.settings.ensembles.items():
            base = catalogue()[System][system].base
            for ensemble in ensembles:
                if not any(f"/ensembles/{system}/{ensemble}/" in file for file in drawn):
                    own += [
                        statistic_file(
                            one, ensemble, self.settings.labelling if is_labelled(one.name) else ""
                        )
                        for one in catalogue().of_system(Statistic, system)
                        if one.of and set(one.of) <= set(base) and not one.ensemble
                    ]
        return [*sorted(drawn), *own]


def targets(rules: Any, prefix: str = "") -> list[Any]:  # noqa: ANN401
    """Figures of all papers and the ledger, as rules of one scale have them."""
    figures = [getattr(rules, f"{prefix}{paper}").input for paper in papers()]
    return [*figures, getattr(rules, f"{prefix}claims").output]
