"""``python -m transport all|api|relay|consume|migrate|snapshot|import FILE``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="transport",
    settings="transport.settings:Settings",
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    topics="transport.app:topics",
    app="transport.app:create",
    consumers="transport.app:consume",
    importer="transport.importers.command:run",
)

if __name__ == "__main__":
    main(SERVICE)
