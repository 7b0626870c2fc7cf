# Snakemake's own report as a gallery: figures by paper, the ledger, run times, the configuration.
rule configuration:
    output:
        settings="<results>/configuration.yaml",
        page=report(
            "<results>/configuration.html",
            caption="../report/configuration.rst",
            category="configuration",
            labels={"settings": "sizes, disorder, realisations"},
        ),
    log:
        "<logs>/configuration.log",
    localrule: True
    conda:
        "../../envs/environment.yaml"
    params:
        config=plan.settings.config,
    script:
        "../scripts/configuration.py"


rule report:
    input:
        figures=plan.figure_files(),
        ledger=rules.claims.output,
        page=rules.configuration.output.page,
        settings=rules.configuration.output.settings,
        texts=publishing.report_files(),
    output:
        report="<results>/report.html",
    log:
        "<logs>/report.log",
    localrule: True
    conda:
        "../../envs/environment.yaml"
    script:
        "../scripts/report.py"
