"""``python -m oversight all|api|relay|consume|migrate|snapshot``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="oversight",
    settings="oversight.settings:Settings",
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    topics="oversight.app:topics",
    app="oversight.app:create",
    consumers="oversight.app:consume",
)

if __name__ == "__main__":
    main(SERVICE)
