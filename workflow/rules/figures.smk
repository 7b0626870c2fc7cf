rule goihl2018_figure:
    input:
        statistics=helpers.figure_data(settings),
    output:
        pdf="<results>/figures/goihl2018/{figure}.pdf",
        png="<results>/figures/goihl2018/{figure}.png",
        svg="<results>/figures/goihl2018/{figure}.svg",
        data="<results>/figures/goihl2018/{figure}.nc",
    log:
        "<logs>/figures/goihl2018/{figure}.log",
    benchmark:
        "<benchmarks>/figures/goihl2018/{figure}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        figure="{figure}",
        kind=helpers.figure_kind,
        source=helpers.source("goihl2018_figure"),
    script:
        "../scripts/goihl2018_figure.py"
