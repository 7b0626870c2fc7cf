# All rules at one scale: the settings, the rules by stage, the named targets.
import helpers

settings = helpers.load_settings(config)


wildcard_constraints:
    L=r"\d+",
    Delta=r"\d+\.\d+",
    seeds=r"\d+-\d+",
    seed=r"\d+",
    labelling="|".join(helpers.LABELLINGS),
    ensemble=r"[A-Za-z][A-Za-z0-9_]*",
    figure=r"fig\d+",


include: "rules/sample.smk"
include: "rules/diagonalize.smk"
include: "rules/lbits.smk"
include: "rules/dynamics.smk"
include: "rules/ensembles.smk"
include: "rules/figures.smk"


rule goihl2018:
    input:
        expand(
            "<results>/figures/goihl2018/{figure}.{ending}",
            figure=settings.figures["goihl2018"],
            ending=["pdf", "png", "svg", "nc"],
        ),


rule ensembles:
    input:
        helpers.all_ensembles(settings),
