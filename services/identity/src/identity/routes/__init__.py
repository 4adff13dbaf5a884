"""HTTP: each route translates, delegates to a use case, and answers what the contract says."""

from onewindow_contracts.models import identity as api
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit.adverse.routes import adverse_router
from onewindow_kit.evidence.routes import evidence_router
from onewindow_kit.registry import registry_router

from identity.routes import (
    applications,
    cases,
    corrections,
    households,
    kinships,
    links,
    moves,
    names,
    numbers,
    organisations,
    persons,
    residence,
)

# What the gateway may rebuild its view from; notices are for their recipients alone.
RECORD_TYPES = (
    "person",
    "identification",
    "household",
    "household-registration",
    "kinship",
    "identity-card",
    "move",
    "stay",
    "residence-permit",
    "case",
    "adverse-act",
    "organisation",
    "representation",
    "link",
)
TOPICS = {record_type: f"identity.{record_type}.v1" for record_type in RECORD_TYPES}
ROUTERS = [
    *(
        module.router
        for module in (
            persons,
            corrections,
            numbers,
            households,
            moves,
            kinships,
            links,
            names,
            organisations,
            residence,
            applications,
            cases,
        )
    ),
    adverse_router(shared, restrictive=False),
    evidence_router(shared.EvidenceQuestion, shared.EvidenceAnswer),
    registry_router(TOPICS, api.SnapshotPage, api.Republication),
]
