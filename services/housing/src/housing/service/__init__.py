"""Use cases: each reads, asks the law, writes, and publishes, in the caller's transaction. HTTP and Kafka call the same."""
