"""Memory: tables, the unit of work, the one writer, outbox, inbox, ledger rows and migrations."""
