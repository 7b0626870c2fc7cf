# mbl-figures: table of contents. Rules by stage lie in workflow/rules, their scripts in
# workflow/scripts, and what they compute in src/mbl.
from snakemake.utils import min_version

from workflow import helpers, publishing

# The oldest that the tests have seen; path variables inside modules need a recent one.
min_version("9.27")


configfile: "config/default.yaml"


report: "workflow/report/workflow.rst"


# The scale that is configured, or that of an archive with its results beside.
configured = publishing.configured(config)
helpers.check_writable(helpers.results(configured))


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
        helpers.smoke_config(config)


use rule * from smoke as smoke_*


rule all:
    default_target: True
    input:
        rules.goihl2018.input,
        rules.colmenarez2023.input,
        rules.huse2014.input,
        rules.swingle2013.input,
        rules.beyond.input,
        rules.claims.output,


rule smoke:
    input:
        rules.smoke_goihl2018.input,
        rules.smoke_colmenarez2023.input,
        rules.smoke_huse2014.input,
        rules.smoke_swingle2013.input,
        rules.smoke_beyond.input,
        rules.smoke_claims.output,


onstart:
    # Snakemake's limit of jobs a second, 100 by default, sets a timer for every finished job, and each
    # plans anew every second as long as a job is ready: after 300 jobs that takes a fifth of a core,
    # and ever more. Nothing here starts jobs that fast.
    workflow.scheduler.job_rate_limiter = None
    publishing.check_archive(configured)
    helpers.check_intermediates(helpers.results(configured))
