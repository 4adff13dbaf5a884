"""Offers of first refusal as the seller and the other owners see them; the buyer is not named."""

from datetime import date, datetime

from onewindow_contracts.common import share_text
from onewindow_kit.records import Record

from housing.domain.offer import Offer
from housing.events.envelope import Change, record, subject

OFFER = "housing.offer.v1"
FIRST_REFUSAL = "民法典 第三百零五、三百零六条"


def offer_record(offer: Offer, change: Change, effective_on: date, recorded_at: datetime) -> Record:
    """An offer at its version; each owner to whom it is made sees the own answer only."""
    body = {
        "title": offer.title,
        "unit_code": offer.unit_code,
        "share": share_text(offer.share),
        "price_fen": offer.price,
        "opened_on": offer.opened_on,
        "respond_by": offer.respond_by,
        "state": offer.state,
        "closed_on": offer.closed_on,
        "case": offer.case,
    }
    subjects = [subject(offer.seller, "seller", offer.opened_on, offer.closed_on)]
    for owner, answer in offer.answers.items():
        subjects.append(subject(owner, "co-owner", offer.opened_on, offer.closed_on, answer))
    return record(OFFER, offer, change, effective_on, recorded_at, FIRST_REFUSAL, subjects, body)
