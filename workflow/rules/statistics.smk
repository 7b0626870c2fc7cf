# Tier 2: the rows of an ensemble, a rule for each statistic that is declared in mbl.ensembles.
for statistic in planning.statistics():

    rule:
        name:
            planning.rule_name(statistic)
        input:
            **planning.as_made(statistic.name, plan.blocks(statistic), ancient),
        output:
            f"<results>/{planning.statistic_stem(statistic)}.nc",
        log:
            f"<logs>/{planning.statistic_stem(statistic)}.log",
        benchmark:
            f"<benchmarks>/{planning.statistic_stem(statistic)}.tsv"
        conda:
            "../../envs/environment.yaml"
        threads: 1
        resources:
            mem_mb=planning.memory(2000),
            runtime=planning.minutes(60),
        params:
            statistic=statistic.name,
            ensemble=plan.members(statistic),
            options=plan.settings.options(statistic),
            source=planning.statistic_source(statistic),
        script:
            "../scripts/statistic.py"
