# All other quantities of single realisations, a rule each, as they are declared in mbl.systems: what
# they need, what they cost, what they depend on. What the ring's diagonalisation has made is taken
# as the chain of rules takes it (rules/diagonalize.smk).
for analysis in planning.analyses():

    rule:
        name:
            analysis.rule
        input:
            **planning.as_made(analysis.quantity, analysis.inputs, ancient),
        output:
            f"<results>/{analysis.stem}.nc",
        log:
            f"<logs>/{analysis.stem}.log",
        benchmark:
            f"<benchmarks>/{analysis.stem}.tsv"
        conda:
            "../../envs/environment.yaml"
        threads: 1
        resources:
            mem_mb=plan.memory(analysis.quantity),
            runtime=plan.minutes(analysis.quantity),
        params:
            **plan.parameters(analysis.quantity),
            key={},
            source=planning.source(analysis.quantity),
        script:
            "../scripts/block.py"
