# Tier 3: a rule for each figure that is made, and a target for each paper.
for figure in plan.figures():

    rule:
        name:
            planning.rule_name(figure)
        input:
            rows=plan.figure_inputs(figure),
        output:
            pdf=f"<results>/figures/{figure.name}.pdf",
            png=f"<results>/figures/{figure.name}.png",
            svg=report(
                f"<results>/figures/{figure.name}.svg",
                caption="../report/figure.rst",
                category=figure.paper,
                labels={
                    "figure": planning.short_name(figure),
                    "shows": figure.title.removesuffix("."),
                },
            ),
            data=f"<results>/figures/{figure.name}.nc",
        log:
            f"<logs>/figures/{figure.name}.log",
        benchmark:
            f"<benchmarks>/figures/{figure.name}.tsv"
        group:
            "figures"
        conda:
            "../../envs/environment.yaml"
        threads: 1
        resources:
            mem_mb=planning.memory(1000),
            runtime=planning.minutes(10),
        params:
            figure=figure.name,
            tables=plan.figure_tables(figure),
            options=plan.figure_options(figure),
            source=planning.figure_source(figure),
        script:
            "../scripts/figure.py"


for paper in planning.papers():

    rule:
        name:
            paper
        input:
            plan.figure_files(paper),
