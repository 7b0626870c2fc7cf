# Exact l-bits: labels of the eigenstates, the l-bits' locality and effective model. Labelling comes
# before other diagonalisations, and locality before both: the eigenvectors that it frees are the
# largest files of all.


# Labellings that ask for the averages alone, as the paper's sorting, keep clear of the eigenvectors,
# whose readers all run again when they are made again.
rule label_by_averages:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
    output:
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.tsv"
    wildcard_constraints:
        labelling=planning.labellings(averages_only=True),
    priority: 10
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=plan.memory("ring/lbits"),
        runtime=plan.minutes("ring/lbits"),
    params:
        **plan.parameters("ring/lbits"),
        key={},
        source=planning.labelled_source,
    script:
        "../scripts/block.py"


use rule label_by_averages as label_by_eigenvectors with:
    input:
        unpack(planning.start_of_labelling),
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
        eigenvectors=ancient(
            "<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/eigenvectors.nc"
        ),
    wildcard_constraints:
        labelling=planning.labellings(averages_only=False),


rule locality:
    input:
        source="<results>/ring/source.txt",
        eigenvectors=ancient(
            "<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/eigenvectors.nc"
        ),
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    output:
        locality="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/locality-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/locality-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/locality-{labelling}.tsv"
    priority: 20
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=plan.memory("ring/locality"),
        runtime=plan.minutes("ring/locality"),
    params:
        **plan.parameters("ring/locality"),
        key={},
        source=planning.source("ring/locality"),
    script:
        "../scripts/block.py"


rule effective_model:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    output:
        effective="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/effective-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/effective-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/effective-{labelling}.tsv"
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=plan.memory("ring/effective"),
        runtime=plan.minutes("ring/effective"),
    params:
        **plan.parameters("ring/effective"),
        key={},
        source=planning.source("ring/effective"),
    script:
        "../scripts/block.py"
