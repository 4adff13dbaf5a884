"""Ports: refuse a taken one by name, before an engine fails on it with a stack trace."""

import socket

from onewindow_local.errors import PortTaken


def is_free(port: int) -> bool:
    """Whether we could listen on `port` of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: connections in TIME_WAIT from a run that just ended are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def must_be_free(port: int, wanted_by: str) -> None:
    """Raise PortTaken when another program listens on `port`."""
    if not is_free(port):
        raise PortTaken(port, wanted_by)


def ephemeral(count: int = 1) -> list[int]:
    """`count` different ports that are free at this moment, for tests."""
    probes = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
