"""All SQL of transport. Rows come locked where a command will change them; nothing here commits."""
