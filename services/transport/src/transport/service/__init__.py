"""The use cases of transport. HTTP, Kafka and imports call the same ones; nothing here commits."""
