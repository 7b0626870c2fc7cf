rule diagonalize_ring:
    input:
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
        mem_mb=helpers.by_size(helpers.costs.spectrum_memory_MB),
        disk_mb=helpers.by_block(helpers.costs.spectrum_disk_MB),
        runtime=helpers.by_block(helpers.costs.spectrum_minutes),
    params:
        Delta="{Delta}",
        source=helpers.source("diagonalize_ring"),
    script:
        "../scripts/diagonalize_ring.py"
