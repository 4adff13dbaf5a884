"""``python -m housing all|api|relay|consume|migrate|snapshot|import FILE``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="housing",
    settings="housing.settings:Settings",
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    topics="housing.app:topics",
    app="housing.app:create",
    consumers="housing.app:consume",
    importer="housing.app:take_over",
)

if __name__ == "__main__":
    main(SERVICE)
