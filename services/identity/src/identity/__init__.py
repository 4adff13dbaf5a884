"""Identity: persons, their numbers and pseudonyms, household registers, moves, cards; and a token issuer for development."""
