"""The ledger's migrations: Alembic's layout, run when a ledger is opened."""
