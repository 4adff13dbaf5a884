"""Settings of the housing service."""

from pathlib import Path

from onewindow_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """Environment variables ``ONEWINDOW_*``; ``imports`` is where files of refused rows go."""

    imports: Path = Path(".onewindow/imports")
