rule figure:
    input:
        statistics=helpers.figure_data(settings),
    output:
        pdf="<results>/figures/{paper}/{figure}.pdf",
        png="<results>/figures/{paper}/{figure}.png",
        svg="<results>/figures/{paper}/{figure}.svg",
        data="<results>/figures/{paper}/{figure}.nc",
    log:
        "<logs>/figures/{paper}/{figure}.log",
    benchmark:
        "<benchmarks>/figures/{paper}/{figure}.tsv"
    group:
        "figures"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(10),
    params:
        paper="{paper}",
        figure="{figure}",
        kinds=helpers.figure_kinds,
        options=helpers.figure_options(settings),
        source=helpers.figure_source,
    script:
        "../scripts/figure.py"
