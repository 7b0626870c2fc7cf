rule labelling_statistics:
    input:
        lbits=helpers.compared_blocks(settings, "lbits"),
        localities=helpers.compared_blocks(settings, "locality"),
        effectives=helpers.compared_blocks(settings, "effective"),
        imbalances=helpers.compared_blocks(settings, "imbalance"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/labellings.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/labellings.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/labellings.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        compared=helpers.compared(settings),
        source=helpers.source("labelling_statistics"),
    script:
        "../scripts/labelling_statistics.py"
