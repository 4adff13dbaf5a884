"""What the rules say about questions, disputes, locks and revocations: no framework, no database, no broker."""
