"""The department's records as the world sees them: envelope and body as ``contracts/records/housing`` says."""

from housing.events.encumbrances import FREEZE, MORTGAGE, freeze_record, mortgage_record
from housing.events.envelope import Change
from housing.events.fund import FUND_TOPICS
from housing.events.offer import OFFER, offer_record
from housing.events.rights import ADVANCE_NOTICE, OBJECTION, RESIDENCE_RIGHT, Right, right_record
from housing.events.title import TITLE, area_of, area_text, title_record

CASE = "housing.case.v1"
ADVERSE_ACT = "housing.adverse-act.v1"
TOPICS = {
    "title": TITLE,
    "mortgage": MORTGAGE,
    "freeze": FREEZE,
    "objection": OBJECTION,
    "advance-notice": ADVANCE_NOTICE,
    "residence-right": RESIDENCE_RIGHT,
    "offer": OFFER,
    "case": CASE,
    "adverse-act": ADVERSE_ACT,
    **FUND_TOPICS,
}

__all__ = [
    "ADVANCE_NOTICE",
    "CASE",
    "FREEZE",
    "MORTGAGE",
    "OBJECTION",
    "OFFER",
    "RESIDENCE_RIGHT",
    "TITLE",
    "TOPICS",
    "Change",
    "Right",
    "area_of",
    "area_text",
    "freeze_record",
    "mortgage_record",
    "offer_record",
    "right_record",
    "title_record",
]
