# Disorder, in units of its strength: the same for all strengths.


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
        mem_mb=plan.memory("ring/fields"),
        runtime=plan.minutes("ring/fields"),
    params:
        **plan.parameters("ring/fields"),
        key={},
        source=planning.source("ring/fields"),
    script:
        "../scripts/block.py"


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
        mem_mb=plan.memory("chain/fields"),
        runtime=plan.minutes("chain/fields"),
    params:
        **plan.parameters("chain/fields"),
        key={},
        source=planning.source("chain/fields"),
    script:
        "../scripts/block.py"


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
        mem_mb=plan.memory("chain/disorder"),
        runtime=plan.minutes("chain/disorder"),
    params:
        **plan.parameters("chain/disorder"),
        key={},
        source=planning.source("chain/disorder"),
    script:
        "../scripts/block.py"
