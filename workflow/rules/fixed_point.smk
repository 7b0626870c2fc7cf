# The fixed-point model (swingle2013). Its disorder is drawn in no time, so that every job draws that
# of its own seeds: the same numbers, whichever job asks.


rule fixed_point_spectrum:
    output:
        spectrum="<results>/fixed_point/L={L}/xi={xi}/seeds={seeds}/spectrum.nc",
    log:
        "<logs>/fixed_point/L={L}/xi={xi}/seeds={seeds}/spectrum.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/xi={xi}/seeds={seeds}/spectrum.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.product_states_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.product_states_minutes)),
    params:
        L="{L}",
        xi="{xi}",
        seeds="{seeds}",
        order_decay=settings.fixed_point["order_decay"],
        source=helpers.source("fixed_point_spectrum"),
    script:
        "../scripts/fixed_point_spectrum.py"


rule fixed_point_light_cone:
    output:
        light_cone="<results>/fixed_point/L={L}/seeds={seeds}/light_cone.nc",
    log:
        "<logs>/fixed_point/L={L}/seeds={seeds}/light_cone.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/seeds={seeds}/light_cone.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.dense_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.dense_minutes)),
    params:
        **settings.fixed_point["light_cone"],
        L="{L}",
        seeds="{seeds}",
        strength=settings.fixed_point["strength"],
        source=helpers.source("fixed_point_light_cone"),
    script:
        "../scripts/fixed_point_light_cone.py"


rule fixed_point_area_law:
    output:
        area_law="<results>/fixed_point/L={L}/seeds={seeds}/area_law.nc",
    log:
        "<logs>/fixed_point/L={L}/seeds={seeds}/area_law.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/seeds={seeds}/area_law.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.product_states_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.product_states_minutes)),
    params:
        L="{L}",
        seeds="{seeds}",
        strength=settings.fixed_point["strength"],
        states=settings.fixed_point["states"],
        source=helpers.source("fixed_point_area_law"),
    script:
        "../scripts/fixed_point_area_law.py"


rule fixed_point_growth:
    output:
        growth="<results>/fixed_point/L={L}/xi={xi}/seeds={seeds}/growth.nc",
    log:
        "<logs>/fixed_point/L={L}/xi={xi}/seeds={seeds}/growth.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/xi={xi}/seeds={seeds}/growth.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.product_states_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.product_states_minutes)),
    params:
        **settings.fixed_point["growth"],
        L="{L}",
        xi="{xi}",
        seeds="{seeds}",
        order_decay=settings.fixed_point["order_decay"],
        source=helpers.source("fixed_point_growth"),
    script:
        "../scripts/fixed_point_growth.py"


rule fixed_point_quasi_adiabatic:
    output:
        quasi_adiabatic="<results>/fixed_point/L={L}/xi={xi}/seeds={seeds}/quasi_adiabatic.nc",
    log:
        "<logs>/fixed_point/L={L}/xi={xi}/seeds={seeds}/quasi_adiabatic.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/xi={xi}/seeds={seeds}/quasi_adiabatic.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_block(helpers.costs.product_states_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.product_states_minutes)),
    params:
        L="{L}",
        xi="{xi}",
        seeds="{seeds}",
        order_decay=settings.fixed_point["order_decay"],
        strength=settings.fixed_point["strength"],
        gaps=settings.fixed_point["gaps"],
        source=helpers.source("fixed_point_quasi_adiabatic"),
    script:
        "../scripts/fixed_point_quasi_adiabatic.py"


rule fixed_point_stability:
    output:
        stability="<results>/fixed_point/L={L}/xi={xi}/seeds={seeds}/stability.nc",
    log:
        "<logs>/fixed_point/L={L}/xi={xi}/seeds={seeds}/stability.log",
    benchmark:
        "<benchmarks>/fixed_point/L={L}/xi={xi}/seeds={seeds}/stability.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(helpers.by_size(helpers.costs.dense_memory_MB)),
        runtime=helpers.minutes(helpers.by_block(helpers.costs.dense_minutes)),
    params:
        **settings.fixed_point["stability"],
        L="{L}",
        xi="{xi}",
        seeds="{seeds}",
        order_decay=settings.fixed_point["order_decay"],
        strength=settings.fixed_point["strength"],
        source=helpers.source("fixed_point_stability"),
    script:
        "../scripts/fixed_point_stability.py"


rule fixed_point_statistics:
    input:
        blocks=helpers.fixed_point_blocks(settings),
    output:
        statistics="<results>/ensembles/fixed_point/{quantity}.nc",
    log:
        "<logs>/ensembles/fixed_point/{quantity}.log",
    benchmark:
        "<benchmarks>/ensembles/fixed_point/{quantity}.tsv"
    wildcard_constraints:
        quantity="|".join(settings.fixed_points),
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(2000),
        runtime=helpers.minutes(30),
    params:
        quantity="{quantity}",
        ensemble=helpers.fixed_point_members(settings),
        options=helpers.fixed_point_options(settings),
        source=helpers.source("fixed_point_statistics"),
    script:
        "../scripts/fixed_point_statistics.py"


rule two_spins:
    output:
        two_spins="<results>/ensembles/fixed_point/two_spins.nc",
    log:
        "<logs>/ensembles/fixed_point/two_spins.log",
    benchmark:
        "<benchmarks>/ensembles/fixed_point/two_spins.tsv"
    conda:
        "../../envs/environment.yaml"
    threads: 1
    resources:
        mem_mb=helpers.memory(500),
        runtime=helpers.minutes(5),
    params:
        **settings.fixed_point["two_spins"],
        source=helpers.source("two_spins"),
    script:
        "../scripts/two_spins.py"
