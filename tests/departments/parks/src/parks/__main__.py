"""``python -m parks all|api|relay|migrate|snapshot``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="parks",
    settings="onewindow_kit.settings:ServiceSettings",
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    topics="parks.app:topics",
    app="parks.app:create",
)

if __name__ == "__main__":
    main(SERVICE)
