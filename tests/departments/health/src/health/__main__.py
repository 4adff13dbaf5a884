"""``python -m health all|api|relay|consume|migrate|snapshot``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="health",
    settings="onewindow_kit.settings:ServiceSettings",
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    topics="health.app:topics",
    app="health.app:create",
    consumers="health.app:consume",
)

if __name__ == "__main__":
    main(SERVICE)
