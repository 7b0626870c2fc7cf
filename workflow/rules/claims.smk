rule claims:
    input:
        data=helpers.claim_data(settings),
    output:
        claims="<results>/claims.nc",
        table="<results>/claims.md",
        page=report(
            "<results>/claims.html",
            caption="../report/ledger.rst",
            category="ledger",
            labels={"table": "claims and verdicts"},
        ),
        counts="<results>/claims/summary.rst",
        found=expand(
            "<results>/claims/{figure}.rst", figure=helpers.claim_figures(settings)
        ),
    log:
        "<logs>/claims.log",
    benchmark:
        "<benchmarks>/claims.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(10),
    params:
        figures=helpers.claim_figures(settings),
        source=helpers.claim_source(),
    script:
        "../scripts/claims.py"
