"""What can go wrong on a person's own machine, each with what to do about it."""


class LocalError(Exception):
    """A failure that the person at the keyboard can mend. `remedy` is one sentence that says how."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class PortTaken(LocalError):
    """Another process already listens on a port that this instance needs."""

    def __init__(self, port: int, wanted_by: str) -> None:
        super().__init__(
            f"Port {port}, which {wanted_by} needs, is taken by another program.",
            "Stop that program, or choose another block of ports with --port (for example --port 9700).",
        )
        self.port = port


class EngineFailed(LocalError):
    """An embedded engine ended or did not answer in time. The last lines of its log are part of the message."""


class DownloadRefused(LocalError):
    """A file that must come from the network could not be fetched, or is not the file we expect."""


class AlreadyInUse(LocalError):
    """Another process holds the data folder."""
