"""``python -m identity all|api|relay|consume|migrate|snapshot|import|erase``."""

from pathlib import Path

from onewindow_kit.process import Service, main

SERVICE = Service(
    name="identity",
    settings="identity.settings:IdentitySettings",
    migrations=Path(__file__).parents[2] / "migrations",
    topics="identity.app:topics",
    app="identity.app:create",
    consumers="identity.consumers:consume",
    importer="identity.importers:run",
    erasure="identity.service.erasure:forget",
)

if __name__ == "__main__":
    main(SERVICE)
