"""The supervision office: citizens' questions and disputes, notices to them, locks and revoked credentials."""
