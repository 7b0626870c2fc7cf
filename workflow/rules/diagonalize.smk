# Exact eigenstates: all of the ring's, those of the chain nearest the centre of its spectrum.


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
        mem_mb=planning.memory(100),
        runtime=planning.minutes(1),
    params:
        source=[planning.source(f"ring/{name}") for name in ("fields", "spectrum")],
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
        mem_mb=plan.memory("ring/spectrum"),
        disk_mb=plan.disk("ring/spectrum", "spectrum_disk_MB"),
        runtime=plan.minutes("ring/spectrum"),
    params:
        source=planning.source("ring/spectrum"),
    script:
        "../scripts/diagonalize.py"


rule midspectrum_bubble:
    input:
        disorder="<results>/bubble/n={n}/L={L}/seeds={seeds}/disorder.nc",
    output:
        midspectrum="<results>/bubble/n={n}/L={L}/W={W}/seeds={seeds}/midspectrum.nc",
    log:
        "<logs>/bubble/n={n}/L={L}/W={W}/seeds={seeds}/midspectrum.log",
    benchmark:
        "<benchmarks>/bubble/n={n}/L={L}/W={W}/seeds={seeds}/midspectrum.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=plan.memory("chain/midspectrum"),
        runtime=plan.minutes("chain/midspectrum"),
    params:
        **plan.parameters("chain/midspectrum"),
        key=plan.tuned,
        source=planning.source("chain/midspectrum"),
    script:
        "../scripts/block.py"


# A rule of its own, and no wildcard that holds ",beta=0.5" or nothing: what Snakemake submits to a
# cluster names its wildcards in a list between commas.
use rule midspectrum_bubble as midspectrum_bandwidth with:
    output:
        midspectrum="<results>/bubble/n={n},beta={beta}/L={L}/W={W}/seeds={seeds}/midspectrum.nc",
    log:
        "<logs>/bubble/n={n},beta={beta}/L={L}/W={W}/seeds={seeds}/midspectrum.log",
    benchmark:
        "<benchmarks>/bubble/n={n},beta={beta}/L={L}/W={W}/seeds={seeds}/midspectrum.tsv"


use rule midspectrum_bubble as midspectrum_chain with:
    input:
        fields="<results>/chain/L={L}/seeds={seeds}/fields.nc",
    output:
        midspectrum="<results>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.nc",
    log:
        "<logs>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.log",
    benchmark:
        "<benchmarks>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.tsv"
