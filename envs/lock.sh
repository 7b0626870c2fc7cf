#!/usr/bin/env bash
# Resolve the requirements for every platform and Python from 3.11 on, one version each, and write
# the conda environment of the same versions. Needs uv.
set -euo pipefail
cd "$(dirname "$0")"
compile=(uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes
  --no-emit-index-url --no-emit-find-links --no-header --quiet)
"${compile[@]}" requirements-dev.in --output-file requirements-dev.lock
"${compile[@]}" requirements.in --constraint requirements-dev.lock --output-file requirements.lock
python3 conda.py > environment.yaml
