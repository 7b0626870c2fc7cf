rule imbalance:
    input:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
        effective="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/effective-{labelling}.nc",
    output:
        imbalance="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/imbalance-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/imbalance-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/imbalance-{labelling}.tsv"
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.imbalance_memory(settings)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.spectrum_minutes)),
    params:
        **settings.imbalance,
        Delta="{Delta}",
        labelling="{labelling}",
        source=helpers.source("imbalance"),
    script:
        "../scripts/imbalance.py"
