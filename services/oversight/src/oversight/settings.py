"""Settings of the oversight service."""

from onewindow_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """Environment variables ``ONEWINDOW_*``."""
