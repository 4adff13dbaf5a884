"""Settings of the transport service."""

from pathlib import Path

from onewindow_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """Environment variables ``ONEWINDOW_*``."""

    imports: Path = Path(".onewindow/imports")
    """Where files of refused rows go."""
    housing_url: str = "http://127.0.0.1:8702"
    """Where housing is asked for somebody's months in the provident fund."""
