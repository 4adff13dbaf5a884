"""Where Kafka is and who we are there: one setting, as a database's address is one.

``HOST:PORT[,HOST:PORT…]`` speaks plainly, for a broker on the same machine during tests. With credentials the address is
``scram-sha-256://USER:PASSWORD@HOST:PORT[,HOST:PORT…]`` (or ``scram-sha-512``, ``plain``); ``+tls`` after the mechanism
encrypts the connection, ``?ca=FILE`` names the PEM file of the authority to trust instead of the system's.
"""

from __future__ import annotations

import ssl
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

MECHANISMS = {"scram-sha-256": "SCRAM-SHA-256", "scram-sha-512": "SCRAM-SHA-512", "plain": "PLAIN"}


@cache
def _parsed(address: str) -> dict[str, Any]:
    if "://" not in address:
        return {"bootstrap_servers": address}
    scheme, _, rest = address.partition("://")
    name, _, tls = scheme.partition("+")
    credentials, at, servers = rest.partition("?")[0].rpartition("@")
    user, colon, password = credentials.partition(":")
    if name not in MECHANISMS or tls not in ("", "tls") or not (at and colon and user and servers):
        # The address holds a password: it is not repeated.
        raise ValueError("Kafka's address is neither HOST:PORT nor scram-sha-256[+tls]://USER:PASSWORD@HOST:PORT")
    options = {
        "bootstrap_servers": servers,
        "security_protocol": "SASL_SSL" if tls else "SASL_PLAINTEXT",
        "sasl_mechanism": MECHANISMS[name],
        "sasl_plain_username": unquote(user),
        "sasl_plain_password": unquote(password),
    }
    if tls:
        authority = parse_qs(urlsplit(address).query).get("ca", [None])[0]
        options["ssl_context"] = ssl.create_default_context(cafile=authority)
    return options


def connection(address: str) -> dict[str, Any]:
    """Keyword arguments for any client of aiokafka; ValueError for an address that says something else."""
    return dict(_parsed(address))
