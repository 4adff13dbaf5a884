"""What tests of every package share: real engines, a real server, an issuer of tokens, and waiting without sleeping.

Engines come from ``ONEWINDOW_TEST_DATABASE`` and ``ONEWINDOW_TEST_KAFKA`` (the root ``conftest.py`` starts a pair when
they are unset). Every test session has databases and a topic prefix of its own.
"""

from onewindow_kit.testing.engines import fresh_database, kafka_address, migrated_database, topic_prefix
from onewindow_kit.testing.eventually import eventually
from onewindow_kit.testing.issuer import TokenIssuer
from onewindow_kit.testing.legal_day import legal_day
from onewindow_kit.testing.sequences import sequences, thorough
from onewindow_kit.testing.serving import free_port, serve

__all__ = [
    "TokenIssuer",
    "eventually",
    "free_port",
    "fresh_database",
    "kafka_address",
    "legal_day",
    "migrated_database",
    "sequences",
    "serve",
    "thorough",
    "topic_prefix",
]
