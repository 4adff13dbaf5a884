"""The projector: the one process that writes a gateway node's view store, from Kafka alone."""
