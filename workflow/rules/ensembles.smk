rule realisation:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient(helpers.block_of(settings, "spectrum.nc")),
        lbits=helpers.block_of(settings, "lbits-{labelling}.nc"),
    output:
        realisation="<results>/ensembles/ring/L={L}/Delta={Delta}/seed={seed}/averages-{labelling}.nc",
    log:
        "<logs>/ensembles/ring/L={L}/Delta={Delta}/seed={seed}/averages-{labelling}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/L={L}/Delta={Delta}/seed={seed}/averages-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(5),
    params:
        seed="{seed}",
        source=helpers.source("realisation"),
    script:
        "../scripts/realisation.py"


rule locality_statistics:
    input:
        blocks=helpers.blocks(settings, "locality"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/locality-{labelling}.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/locality-{labelling}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/locality-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(30),
    params:
        ensemble=helpers.members(settings.rings),
        source=helpers.source("locality_statistics"),
    script:
        "../scripts/locality_statistics.py"


rule buffer_statistics:
    input:
        blocks=helpers.blocks(settings, "locality"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/buffer-{labelling}.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/buffer-{labelling}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/buffer-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(30),
    params:
        ensemble=helpers.members(settings.rings),
        thresholds=settings.figures["goihl2018"]["fig5"]["thresholds"],
        source=helpers.source("buffer_statistics"),
    script:
        "../scripts/buffer_statistics.py"


rule effective_statistics:
    input:
        blocks=helpers.blocks(settings, "effective"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/effective-{labelling}.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/effective-{labelling}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/effective-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        ensemble=helpers.members(settings.rings),
        source=helpers.source("effective_statistics"),
    script:
        "../scripts/effective_statistics.py"


rule imbalance_statistics:
    input:
        imbalances=helpers.blocks(settings, "imbalance"),
        effectives=helpers.blocks(settings, "effective"),
    output:
        statistics="<results>/ensembles/ring/{ensemble}/imbalance-{labelling}.nc",
    log:
        "<logs>/ensembles/ring/{ensemble}/imbalance-{labelling}.log",
    benchmark:
        "<benchmarks>/ensembles/ring/{ensemble}/imbalance-{labelling}.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        ensemble=helpers.members(settings.rings),
        source=helpers.source("imbalance_statistics"),
    script:
        "../scripts/imbalance_statistics.py"


rule midspectrum_statistics:
    input:
        blocks=helpers.midspectrum_blocks(settings),
    output:
        statistics="<results>/ensembles/bubble/{ensemble}/midspectrum.nc",
    log:
        "<logs>/ensembles/bubble/{ensemble}/midspectrum.log",
    benchmark:
        "<benchmarks>/ensembles/bubble/{ensemble}/midspectrum.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(60),
    params:
        ensemble=helpers.members(settings.chains),
        source=helpers.source("midspectrum_statistics"),
    script:
        "../scripts/midspectrum_statistics.py"


rule crossings:
    input:
        statistics="<results>/ensembles/bubble/{ensemble}/midspectrum.nc",
    output:
        crossings="<results>/ensembles/bubble/{ensemble}/crossings.nc",
    log:
        "<logs>/ensembles/bubble/{ensemble}/crossings.log",
    benchmark:
        "<benchmarks>/ensembles/bubble/{ensemble}/crossings.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(30),
    params:
        source=helpers.source("crossings"),
    script:
        "../scripts/crossings.py"


rule response:
    input:
        statistics="<results>/ensembles/bubble/{ensemble}/midspectrum.nc",
    output:
        response="<results>/ensembles/bubble/{ensemble}/response.nc",
    log:
        "<logs>/ensembles/bubble/{ensemble}/response.log",
    benchmark:
        "<benchmarks>/ensembles/bubble/{ensemble}/response.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(30),
    params:
        source=helpers.source("response"),
    script:
        "../scripts/response.py"


rule perturbation:
    output:
        perturbation="<results>/ensembles/chain/perturbation.nc",
    log:
        "<logs>/ensembles/chain/perturbation.log",
    benchmark:
        "<benchmarks>/ensembles/chain/perturbation.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(1000),
        runtime=helpers.minutes(30),
    params:
        **settings.perturbation,
        anisotropy=settings.bubble["anisotropy"],
        source=helpers.source("perturbation"),
    script:
        "../scripts/perturbation.py"
