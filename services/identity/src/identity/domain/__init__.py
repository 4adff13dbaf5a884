"""The population register's rules, free of framework, database and broker. Every number in them is a dated parameter."""
