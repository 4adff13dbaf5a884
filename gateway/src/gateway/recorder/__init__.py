"""``python -m gateway recorder``: batches of access entries from Kafka into the record, a Merkle log, as its only writer."""
