"""The configuration that is run, to give to Snakemake again and to read in the report."""

from pathlib import Path
from typing import Any

from wrapper import run

from mbl.datasets import replacing
from mbl.pages import configuration_page, configuration_text


def main(settings: Path, page: Path, *, config: dict[str, Any]) -> None:
    """Write the merged configuration as YAML and as a page."""
    text = configuration_text(config)
    for path, content in ((settings, text), (page, configuration_page(text))):
        with replacing(path) as unfinished:
            unfinished.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
