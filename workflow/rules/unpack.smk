# Tier 2 from an archive: takes the place of all rules that compute it.
rule unpack:
    input:
        archive=config["from_archive"],
    output:
        data=publishing.archived(config, helpers.claim_data(settings)),
    log:
        "<logs>/unpack.log",
    benchmark:
        "<benchmarks>/unpack.tsv"
    localrule: True
    conda:
        "../../envs/environment.yaml"
    params:
        names=publishing.member_names(helpers.claim_data(settings)),
    script:
        "../scripts/unpack.py"
