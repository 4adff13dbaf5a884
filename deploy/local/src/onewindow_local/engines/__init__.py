"""PostgreSQL and Kafka, the real ones, run from wheels and jars without being installed."""
