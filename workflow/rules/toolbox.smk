# What l-bits are good for (huse2014). At these sizes a job diagonalises anew from the fields rather
# than reading eigenvectors, whose readers all rerun where they are made again.


rule algebra:
    input:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    output:
        algebra="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/algebra-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/algebra-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/algebra-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.operator_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.operator_minutes)),
    params:
        Delta="{Delta}",
        labelling="{labelling}",
        source=helpers.source("algebra"),
    script:
        "../scripts/algebra.py"


rule range:
    input:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    output:
        weights="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/range-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/range-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/range-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.operator_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.operator_minutes)),
    params:
        Delta="{Delta}",
        labelling="{labelling}",
        source=helpers.source("range"),
    script:
        "../scripts/range.py"


rule pbit_dynamics:
    input:
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
    output:
        dynamics="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.operator_memory_MB)),
        runtime=helpers.minutes(helpers.dynamics_minutes(settings)),
    params:
        **settings.toolbox["times"],
        states=settings.toolbox["states"],
        Delta="{Delta}",
        source=helpers.source("pbit_dynamics"),
    script:
        "../scripts/pbit_dynamics.py"


rule lbit_dynamics:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    output:
        dynamics="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/dynamics-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.operator_memory_MB)),
        runtime=helpers.minutes(helpers.dynamics_minutes(settings)),
    params:
        **settings.toolbox["times"],
        states=settings.toolbox["states"],
        labelling="{labelling}",
        source=helpers.source("lbit_dynamics"),
    script:
        "../scripts/lbit_dynamics.py"


rule labelled_statistics:
    input:
        blocks=helpers.labelled_blocks(settings),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/{statistic}.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/{statistic}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/{statistic}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        statistic="{statistic}",
        kind=helpers.statistic_kind,
        ensemble=helpers.members(settings.rings),
        labellings=settings.toolbox["labellings"],
        source=helpers.source("labelled_statistics"),
    script:
        "../scripts/labelled_statistics.py"


rule growth_statistics:
    input:
        pbits=helpers.pbit_blocks(settings),
        lbits=helpers.labelled_blocks(settings, "dynamics"),
        effectives=helpers.labelled_blocks(settings, "effective"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/growth.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/growth.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/growth.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        **settings.toolbox["slope"],
        late=settings.toolbox["late"],
        ensemble=helpers.members(settings.rings),
        labellings=settings.toolbox["labellings"],
        source=helpers.source("growth_statistics"),
    script:
        "../scripts/growth_statistics.py"


rule echo_statistics:
    input:
        pbits=helpers.pbit_blocks(settings),
        lbits=helpers.labelled_blocks(settings, "dynamics"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/echo.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/echo.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/echo.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        late=settings.toolbox["late"],
        ensemble=helpers.members(settings.rings),
        labellings=settings.toolbox["labellings"],
        source=helpers.source("echo_statistics"),
    script:
        "../scripts/echo_statistics.py"
