"""Who is who: merges and splits of persons, proposed by one officer and confirmed by another."""
