rule sample_ring:
    output:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
    log:
        "<logs>/ring/L={L}/seeds={seeds}/fields.log",
    benchmark:
        "<benchmarks>/ring/L={L}/seeds={seeds}/fields.tsv"
    group:
        "sample"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.table_memory_MB)),
        runtime=helpers.minutes(2),
    params:
        L="{L}",
        seeds="{seeds}",
        source=helpers.source("sample_ring"),
    script:
        "../scripts/sample_ring.py"


rule sample_chain:
    output:
        fields="<results>/chain/L={L}/seeds={seeds}/fields.nc",
    log:
        "<logs>/chain/L={L}/seeds={seeds}/fields.log",
    benchmark:
        "<benchmarks>/chain/L={L}/seeds={seeds}/fields.tsv"
    group:
        "sample"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(500),
        runtime=helpers.minutes(2),
    params:
        L="{L}",
        seeds="{seeds}",
        source=helpers.source("sample_chain"),
    script:
        "../scripts/sample_chain.py"


rule sample_bubble:
    output:
        disorder="<results>/bubble/n={n}/L={L}/seeds={seeds}/disorder.nc",
    log:
        "<logs>/bubble/n={n}/L={L}/seeds={seeds}/disorder.log",
    benchmark:
        "<benchmarks>/bubble/n={n}/L={L}/seeds={seeds}/disorder.tsv"
    group:
        "sample"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(500),
        runtime=helpers.minutes(2),
    params:
        n="{n}",
        L="{L}",
        seeds="{seeds}",
        source=helpers.source("sample_bubble"),
    script:
        "../scripts/sample_bubble.py"
