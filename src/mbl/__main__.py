"""Command line: `python -m mbl inspect FILE …` and `python -m mbl list [RESULTS]`."""

import argparse
import sys
from pathlib import Path

from mbl.inspection import InspectionError, inspect, overview


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m mbl", description="Look into results.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("inspect", help="key, parameters, origin and health of files")
    one.add_argument("file", type=Path, nargs="+", help="dataset (.nc) or figure (.pdf .png .svg)")
    every = commands.add_parser("list", help="what has been computed, by key")
    every.add_argument("results", type=Path, nargs="?", default=Path("results"))
    every.add_argument("--read", action="store_true", help="read every value: tests checksums")
    given = parser.parse_args(arguments)
    try:
        if given.command == "inspect":
            for file in given.file:
                print(inspect(file))
        else:
            for line in overview(given.results, read=given.read):
                print(line)
    except InspectionError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
