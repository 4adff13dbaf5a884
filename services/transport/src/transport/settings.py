"""Settings of the transport service: those of every department and nothing of its own yet."""

from onewindow_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """Environment variables ``ONEWINDOW_*``."""
