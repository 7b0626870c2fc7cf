# All rules at one scale: the settings, the rules by stage, the named targets.
import helpers
import publishing

settings = helpers.load_settings(config)


wildcard_constraints:
    L=r"\d+",
    Delta=r"\d+\.\d+",
    seeds=r"\d+-\d+",
    seed=r"\d+",
    labelling="|".join(helpers.LABELLINGS),
    ensemble=r"[A-Za-z][A-Za-z0-9_]*",
    W=r"\d+\.\d+",
    xi=r"\d+\.\d+",
    n=r"[1-9]\d*",
    beta=r"\d+\.\d+",
    paper="|".join(helpers.FIGURE_DATA),
    figure=r"\w+",
    statistic="|".join(helpers.LABELLED),


if config["from_archive"]:  # nothing is computed

    include: "rules/unpack.smk"

else:

    include: "rules/sample.smk"
    include: "rules/diagonalize.smk"
    include: "rules/midspectrum.smk"
    include: "rules/lbits.smk"
    include: "rules/dynamics.smk"
    include: "rules/ensembles.smk"
    include: "rules/toolbox.smk"
    include: "rules/beyond.smk"
    include: "rules/fixed_point.smk"


include: "rules/figures.smk"
include: "rules/claims.smk"
include: "rules/report.smk"
include: "rules/archive.smk"


rule goihl2018:
    input:
        helpers.figures("goihl2018"),


rule colmenarez2023:
    input:
        helpers.figures("colmenarez2023"),


rule huse2014:
    input:
        helpers.figures("huse2014"),


rule swingle2013:
    input:
        helpers.figures("swingle2013"),


rule beyond:
    input:
        helpers.figures("beyond"),


rule ensembles:
    input:
        helpers.all_ensembles(settings),
