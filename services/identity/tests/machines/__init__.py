"""Random sequences of commands against the use cases, judged by small models that know nothing of the product."""
