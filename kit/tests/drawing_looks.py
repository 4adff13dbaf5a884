"""Looks at random: who asks for what of whom, for which purpose, after how many others; most are allowed in part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from onewindow_kit.decide import Budget, Count, Principal, Property, Purpose, Usage, Visible
from onewindow_kit.decision import GRADES

TODAY = date(2026, 11, 24)
KINDS, NAMES, ROLES = ("housing.title", "identity.person"), ("address", "name", "price", "you"), ("owner", "heir")
HOLDER, OTHER = "demo.title-registry", "demo.social-aid"

names = st.sets(st.sampled_from(NAMES), min_size=1).map(frozenset)
by_kind = st.fixed_dictionaries({KINDS[0]: names}, optional={KINDS[1]: names})
grade = st.sampled_from((*GRADES, *GRADES, None, "secret"))
known = st.builds(
    Property, grade, st.none() | st.frozensets(st.sampled_from(ROLES)), st.sampled_from(("none", "full", "hash", "?"))
)
facts = st.fixed_dictionaries({NAMES[0]: known, NAMES[1]: known}, optional={NAMES[2]: known, NAMES[3]: known})
visible = st.builds(Visible, facts, st.frozensets(st.sampled_from(ROLES)))
visibles = st.fixed_dictionaries({KINDS[0]: visible}, optional={KINDS[1]: visible})
budgets = st.lists(
    st.builds(Budget, st.sampled_from(("actor", "organisation")), st.sampled_from(("hour", "day")), st.integers(0, 3)),
    unique_by=lambda budget: budget.name,
)
counts = st.builds(Count, st.integers(0, 4), st.integers(0, 5))
day = st.integers(-1, 1).map(lambda days: TODAY + timedelta(days=days))
GATES: dict[str, st.SearchStrategy[Any]] = {
    "purpose": st.none(),
    "purpose.holder": st.just(OTHER),
    "purpose.valid_from": day,
    "purpose.valid_until": day,
    "purpose.void_from": day,
    "purpose.acting_person": st.just(False),
    "purpose.machines": st.just(frozenset({"gateway"})),
    "purpose.case": st.just("C[0-9]+"),
    "caller.kind": st.sampled_from(("citizen", "representative", "service", "operator")),
    "caller.client_id": st.just("gateway"),
    "caller.authority": st.sampled_from((None, OTHER)),
    "caller.purpose": st.sampled_from((None, "q")),
    "caller.actor": st.sampled_from((None, "")),
    "caller.case": st.sampled_from(("", "C1", "C1\n", "X")),
    "usage": st.just(Usage()),
    "usage.counts": st.fixed_dictionaries(
        {f"{of}-{per}": counts for of in ("actor", "organisation") for per in ("hour", "day")}
    ),
    "usage.locked": st.frozensets(st.sampled_from(("actor", "organisation"))),
    "on": day,
}
"""What lies between a caller and any field at all; each look has one or two of them changed, or none."""


@st.composite
def looks(draw: st.DrawFn) -> tuple[Any, ...]:
    """Arguments of ``decide``: most are allowed in part, so that what leaves is put to the test."""
    purpose = Purpose(
        "p",
        HOLDER,
        draw(by_kind),
        TODAY,
        TODAY,
        clear=draw(by_kind),
        keeps=draw(st.frozensets(st.sampled_from(KINDS))),
        highest=draw(st.sampled_from((*GRADES, *GRADES, "unheard-of"))),
        assessed=draw(st.booleans()),
        acting_person=True,
        budgets=tuple(draw(budgets)),
    )
    within = {kind: frozenset(NAMES) if kind in purpose.keeps else purpose.fields.get(kind) for kind in KINDS}
    wanted = {kind: found for kind, found in within.items() if found} if draw(st.booleans()) else draw(by_kind)
    counts = {each.name: Count(0, draw(st.integers(0, each.citizens))) for each in purpose.budgets}
    caller = Principal("agency", "gateway.1.a", "housing", HOLDER, "t", 0, HOLDER, "p", "officer-1")
    look: dict[str, Any] = {
        "caller": caller,
        "purpose": purpose,
        "wanted": wanted,
        "visible": draw(visibles),
        "usage": Usage(counts),
        "on": TODAY,
    }
    for gate in draw(st.just([]) | st.lists(st.sampled_from(sorted(GATES)), min_size=1, max_size=2)):
        part, _, name = gate.partition(".")
        if look[part] is not None:
            look[part] = replace(look[part], **{name: draw(GATES[gate])}) if name else draw(GATES[gate])
    return tuple(look.values())


callers = looks().map(lambda look: look[0])
