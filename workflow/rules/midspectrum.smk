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
        mem_mb=helpers.memory(helpers.midspectrum_memory(settings)),
        runtime=helpers.minutes(helpers.midspectrum_minutes(settings)),
    params:
        **helpers.midspectrum(settings),
        n="{n}",
        W="{W}",
        beta=helpers.beta(settings),
        source=helpers.source("midspectrum"),
    script:
        "../scripts/midspectrum.py"


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
        disorder="<results>/chain/L={L}/seeds={seeds}/fields.nc",
    output:
        midspectrum="<results>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.nc",
    log:
        "<logs>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.log",
    benchmark:
        "<benchmarks>/chain/L={L}/W={W}/seeds={seeds}/midspectrum.tsv"
    params:
        **helpers.midspectrum(settings),
        n=0,
        W="{W}",
        beta=0.0,
        source=helpers.source("midspectrum"),
