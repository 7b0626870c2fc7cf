# Tier 2 from an archive: takes the place of all rules that compute it.
rule unpack:
    input:
        archive=plan.settings.config["from_archive"],
    output:
        data=publishing.archived(plan.settings.config, plan.claim_inputs()),
    log:
        "<logs>/unpack.log",
    benchmark:
        "<benchmarks>/unpack.tsv"
    localrule: True
    conda:
        "../../envs/environment.yaml"
    params:
        names=publishing.member_names(plan.claim_inputs()),
    script:
        "../scripts/unpack.py"
