# All rules at one scale: the chain stage by stage, what is looped over declarations, named targets.
from mbl import planning, publishing

plan = planning.Plan(config)


wildcard_constraints:
    **planning.wildcard_constraints(),


if plan.settings.config["from_archive"]:  # nothing is computed

    include: "rules/unpack.smk"

else:

    include: "rules/sample.smk"
    include: "rules/diagonalize.smk"
    include: "rules/lbits.smk"
    include: "rules/analyses.smk"
    include: "rules/statistics.smk"


include: "rules/figures.smk"
include: "rules/claims.smk"
include: "rules/report.smk"
include: "rules/archive.smk"


rule ensembles:
    input:
        plan.ensemble_files(),
