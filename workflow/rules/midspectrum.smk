rule midspectrum_bubble:
    input:
        disorder="<results>/bubble/n={n}/L={L}/seeds={seeds}/disorder.nc",
    output:
        midspectrum="<results>/bubble/n={n}{bandwidth}/L={L}/W={W}/seeds={seeds}/midspectrum.nc",
    log:
        "<logs>/bubble/n={n}{bandwidth}/L={L}/W={W}/seeds={seeds}/midspectrum.log",
    benchmark:
        "<benchmarks>/bubble/n={n}{bandwidth}/L={L}/W={W}/seeds={seeds}/midspectrum.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.midspectrum_memory(settings),
        runtime=helpers.midspectrum_minutes(settings),
    params:
        **helpers.midspectrum(settings),
        n="{n}",
        W="{W}",
        beta=helpers.beta(settings),
        source=helpers.source("midspectrum"),
    script:
        "../scripts/midspectrum.py"


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
