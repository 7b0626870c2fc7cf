# All other quantities of single realisations, a rule each, as they are declared in mbl.systems: what
# they need, what they cost, what they depend on. What the ring's diagonalisation has made is taken
# as the chain of rules takes it (rules/diagonalize.smk).
def as_made(inputs):
    remade = {"spectrum", "eigenvectors"} & set(inputs)
    ours = {need: ancient(file) if need in remade else file for need, file in inputs.items()}
    return ours | ({"source": "<results>/ring/source.txt"} if remade else {})


for analysis in planning.analyses():

    rule:
        name:
            analysis.rule
        input:
            **as_made(analysis.inputs),
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
