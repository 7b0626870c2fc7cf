# One deposit of all that figures and ledger rest on, with checksums and a manifest.
rule archive:
    input:
        results=[
            plan.figure_files(),
            plan.claim_inputs(),
            rules.claims.output.claims,
            rules.claims.output.markdown,
            rules.claims.output.page,
        ],
        settings=rules.configuration.output.settings,
        citation="CITATION.cff",
        others=["LICENSE", "envs/environment.yaml", "envs/requirements.lock"],
    output:
        archive="<results>/mbl-figures.crate.zip",
    log:
        "<logs>/archive.log",
    localrule: True
    conda:
        "../../envs/environment.yaml"
    params:
        below=publishing.folder_of_archive,
    script:
        "../scripts/archive.py"
