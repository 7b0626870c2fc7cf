rule claims:
    input:
        rows=plan.claim_inputs(),
    output:
        claims="<results>/claims.nc",
        markdown="<results>/claims.md",
        page=report(
            "<results>/claims.html",
            caption="../report/ledger.rst",
            category="ledger",
            labels={"table": "claims and verdicts"},
        ),
        counts="<results>/claims/summary.rst",
        captions=plan.captions(),
        papers=expand("<results>/claims/{paper}.rst", paper=planning.papers()),
    log:
        "<logs>/claims.log",
    benchmark:
        "<benchmarks>/claims.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=planning.memory(1000),
        runtime=planning.minutes(10),
    params:
        tables=plan.claim_tables(),
        shown=plan.claim_options(),
        source=planning.ledger_source(),
    script:
        "../scripts/claims.py"
