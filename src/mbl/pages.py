"""Pages of HTML that stand on their own: in the report's viewer and as files."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import yaml

STYLE = """
body { font: 15px/1.45 Georgia, "Times New Roman", serif; color: #222; max-width: 75rem;
       margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
a { color: #0072b2; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0;
         border-bottom: 1px solid #ddd; }
th { border-bottom: 1px solid #222; }
th:nth-child(1) { width: 32%; } th:nth-child(2), th:nth-child(4) { width: 12%; }
td.verdict { font-weight: bold; }
.supported { color: #00694d; } .not-supported { color: #b04a00; } .undecided { color: #666; }
.exact { color: #00568f; }
.numbers { font-size: 0.9em; }
pre { font-size: 13px; line-height: 1.4; overflow-x: auto; }
"""


def page(title: str, body: str) -> str:
    """A page with its title as heading."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def configuration_text(config: Mapping[str, Any]) -> str:
    """A merged configuration in YAML, to be given to Snakemake as it is."""
    plain = json.loads(json.dumps(config))  # lists that YAML shared by anchors are told each time
    return yaml.safe_dump(
        plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
    )


def configuration_page(text: str) -> str:
    """A configuration to read."""
    return page("The configuration of this run", f"<pre>{escape(text)}</pre>")
