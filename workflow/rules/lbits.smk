# Labelling comes before other diagonalisations, and locality before both: the eigenvectors that it
# frees are the largest files of all.


# The paper's sorting asks for the averages alone, and so keeps clear of the eigenvectors, whose
# readers all run again when they are made again.
rule label_sorted:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
    output:
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-sorted.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-sorted.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-sorted.tsv"
    priority: 10
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.table_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.spectrum_minutes)),
    params:
        source=helpers.source("label_sorted"),
    script:
        "../scripts/label_sorted.py"


rule label_assigned:
    input:
        source="<results>/ring/source.txt",
        spectrum=ancient("<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc"),
        eigenvectors=ancient(
            "<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/eigenvectors.nc"
        ),
        combined=helpers.start_of_labelling,
    output:
        lbits="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.nc",
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/lbits-{labelling}.tsv"
    wildcard_constraints:
        labelling="|".join(helpers.ASSIGNED),
    priority: 10
    group:
        "ring"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.labelling_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.labelling_minutes)),
    params:
        labelling="{labelling}",
        source=helpers.source("label_assigned"),
    script:
        "../scripts/label_assigned.py"


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
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.locality_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.spectrum_minutes)),
    params:
        labelling="{labelling}",
        source=helpers.source("locality"),
    script:
        "../scripts/locality.py"


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
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.table_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.spectrum_minutes)),
    params:
        labelling="{labelling}",
        source=helpers.source("effective_model"),
    script:
        "../scripts/effective_model.py"
