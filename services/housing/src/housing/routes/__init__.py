"""The HTTP side: routes translate and delegate; access, transactions and idempotency are the edge's."""

from onewindow_contracts.models import housing as api
from onewindow_kit.registry import registry_router

from housing.events import TOPICS
from housing.routes import certificates, freezes, looks, mortgages, titles

ROUTERS = (
    titles.router,
    looks.router,
    mortgages.router,
    freezes.router,
    certificates.router,
    registry_router(TOPICS, api.SnapshotPage, api.Republication),
)
