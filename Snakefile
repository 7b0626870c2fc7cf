# mbl-figures: table of contents. Rules by stage lie in workflow/rules, their scripts in
# workflow/scripts, and what they compute in src/mbl.
from snakemake.utils import min_version

from mbl import planning, publishing, settings, workarounds

# The oldest that the tests have seen; path variables inside modules need a recent one.
min_version("9.27")


configfile: "config/default.yaml"


report: "workflow/report/workflow.rst"


# The scale that is configured, or that of an archive with its results beside.
configured = publishing.configured(config)
settings.check_writable(planning.results(configured))


module scale:
    snakefile:
        "workflow/scale.smk"
    config:
        configured


use rule * from scale


# The smoke scale runs beside whatever scale is configured, under results/smoke.
module smoke:
    snakefile:
        "workflow/scale.smk"
    config:
        planning.smoke_config(config)


use rule * from smoke as smoke_*


rule all:
    default_target: True
    input:
        planning.targets(rules),


rule smoke:
    input:
        planning.targets(rules, "smoke_"),


onstart:
    workarounds.without_rate_limit(workflow.scheduler)
    publishing.check_archive(configured)
    # NetCDF takes long to import, and every job reads this file: only a run waits for it.
    from mbl.datasets import check_results

    check_results(planning.results(configured))
