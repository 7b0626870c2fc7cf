# Eigenvectors are temporary. Making them again, for an edited analysis, must not rerun what else is
# made from the same job: its other output is an ancient input, whose time stamp does not count. What
# must rerun all of it, an edit of the sampling or the diagonalisation, changes this file.
rule ring_source:
    output:
        source="<results>/ring/source.txt",
    log:
        "<logs>/ring/source.log",
    benchmark:
        "<benchmarks>/ring/source.tsv"
    localrule: True
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(100),
        runtime=helpers.minutes(1),
    params:
        source=helpers.source("sample_ring", "diagonalize_ring"),
    shell:
        "echo {params.source} > {output.source} 2> {log}"


rule diagonalize_ring:
    input:
        source="<results>/ring/source.txt",
        fields="<results>/ring/L={L}/seeds={seeds}/fields.nc",
    output:
        spectrum="<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.nc",
        eigenvectors=temp(
            "<results>/ring/L={L}/Delta={Delta}/seeds={seeds}/eigenvectors.nc"
        ),
    log:
        "<logs>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.log",
    benchmark:
        "<benchmarks>/ring/L={L}/Delta={Delta}/seeds={seeds}/spectrum.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.spectrum_memory_MB)),
        disk_mb=helpers.by_block(helpers.costs.spectrum_disk_MB),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.spectrum_minutes)),
    params:
        Delta="{Delta}",
        source=helpers.source("diagonalize_ring"),
    script:
        "../scripts/diagonalize_ring.py"
