# Run by Snakemake after it has made the conda environment: the package itself.
set -euo pipefail
pip install --no-deps --no-build-isolation .
