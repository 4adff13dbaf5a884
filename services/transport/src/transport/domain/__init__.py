"""The rules of transport as pure functions over values: no framework, database or broker."""
