"""What a developer reads: contracts, code lists, problems, and pages made from them that need nothing from elsewhere."""
