"""Pools, entries and quotas of the plate lottery as they are published. A pool is about nobody."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow_kit.clock import stamp
from onewindow_kit.records import Record

from transport.domain.lottery.conditions import REASONS
from transport.domain.lottery.entries import ENDED
from transport.domain.lottery.pool import Pool
from transport.events.envelope import Act, Change, record, subject
from transport.tables import Lottery, LotteryEntry, PlateQuota

LOTTERY_DRAW = "transport.lottery-draw.v1"
LOTTERY_ENTRY = "transport.lottery-entry.v1"
PLATE_QUOTA = "transport.plate-quota.v1"


def lottery_draw(row: Lottery, pool: Pool, winners: Sequence[str], act: Act, change: Change) -> Record:
    value = pool.public_value
    body = {
        "period": row.period,
        "state": pool.state,
        "quota": pool.quota,
        "opened_on": pool.opened_on,
        "freeze_on": pool.freeze_on,
        "parties": [
            {
                "party": party.name,
                "title": party.title,
                "public_key": party.public_key,
                "commitment": party.commitment,
                "signature": party.signature,
                "secret": party.secret,
            }
            for party in pool.parties
        ],
        "public_value": value
        and {
            "source": value.source,
            "reference": value.reference,
            "due_at": stamp(value.due_at),
            "value": value.value,
        },
        "size": pool.size,
        "root": pool.root,
        "frozen_at": pool.frozen_at and stamp(pool.frozen_at),
        "seed": pool.seed,
        "drawn_at": pool.drawn_at and stamp(pool.drawn_at),
        "winners": list(winners),
        "awarded": pool.awarded,
    }
    return record(LOTTERY_DRAW, row, act, change, (), body, ended=pool.state == "awarded")


def lottery_entry(row: LotteryEntry, act: Act, change: Change) -> Record:
    decision = None
    if row.ground is not None:
        reason = REASONS[row.ground]  # type: ignore[index]  # the column holds the domain's own words
        decision = {"ground": row.ground, "reason": reason, "remedy": row.remedy}
    body = {
        "lottery": row.lottery,
        "state": row.state,
        "entered_on": row.entered_on,
        "code": row.code,
        "opening": row.opening,
        "weight": row.weight,
        "failed_rounds": row.failed_rounds,
        "decision": decision,
    }
    about = subject(row.applicant, "applicant", row.entered_on)
    return record(LOTTERY_ENTRY, row, act, change, about, body, ended=row.state in ENDED)


def plate_quota(row: PlateQuota, act: Act, change: Change) -> Record:
    body = {
        "lottery": row.lottery,
        "entry": row.entry,
        "state": row.state,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "vehicle": row.vehicle,
        "barred_until": row.barred_until,
    }
    about = subject(row.holder, "holder", row.valid_from)
    return record(PLATE_QUOTA, row, act, change, about, body, ended=row.state != "live")
