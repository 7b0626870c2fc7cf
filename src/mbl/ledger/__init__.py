"""The ledger: what the papers claim, each with a verdict computed from our rows."""
