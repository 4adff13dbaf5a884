"""Putting the machine of adverse acts together: what every department's ``app.py`` would otherwise repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_kit.adverse.acts import Acts
from onewindow_kit.adverse.basis import Bases
from onewindow_kit.adverse.kind import Kind
from onewindow_kit.cases import Cases
from onewindow_kit.evidence import CheckDesk, Evidence, OwnRecords
from onewindow_kit.evidence.evidence import Asked
from onewindow_kit.evidence.own import Stands
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records


@dataclass(frozen=True, slots=True)
class Machine:
    """A department's acts, and what it confirms to the others."""

    acts: Acts
    checks: CheckDesk


def machine(
    department: str,
    *,
    contracts: Any,
    records: Records,
    keyring: Keyring,
    cases: Cases,
    kinds: Iterable[Kind],
    today: Callable[[], date],
    decide_by: Callable[[date], date],
    neighbours: Asked | None = None,
    stands: Mapping[str, Stands] | None = None,
) -> Machine:
    """``decide_by`` gives the last day for deciding on a compensation; ``stands`` says which records are no evidence;
    without ``neighbours`` only own ones are."""
    bases = Bases(contracts)
    own = OwnRecords(records, stands)
    hosts = {authority.name: authority.host for authority in contracts.authorities.values()}
    evidence = Evidence(department, contracts.authorities, own, neighbours)
    acts = Acts(records, f"{department}.adverse-act.v1", kinds, bases, evidence, cases, decide_by)
    return Machine(acts, CheckDesk(own, keyring, bases, hosts, today))
