rule sample_ring:
    output:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
    log:
        "<logs>/ring/L={L}/seeds={seeds}/fields.log",
    benchmark:
        "<benchmarks>/ring/L={L}/seeds={seeds}/fields.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.by_block(helpers.costs.table_memory_MB),
        runtime=5,
    params:
        L="{L}",
        seeds="{seeds}",
        source=helpers.source("sample_ring"),
    script:
        "../scripts/sample_ring.py"
