"""A stored section against the plain idea of it: the newest current records of each type, and how many there are."""

from __future__ import annotations

import orjson
from gateway.view.section import EMPTY_TAIL, SHOWN, Section, tail_of
from hypothesis import given, settings
from hypothesis import strategies as st

URNS = [f"urn:onewindow:demo.o:t:{letter * 22}" for letter in "abcdefghijklmnopqrstuvwxyz234567"]
STEPS = st.lists(
    st.tuples(st.sampled_from(URNS), st.sampled_from(["a.one", "b.two"]), st.integers(1, 9), st.booleans()),
    max_size=150,
)


def newest(records: dict[tuple[str, str], tuple[int, int]], kind: str) -> list[tuple[int, str, int]]:
    found = sorted((day, urn, version) for (name, urn), (day, version) in records.items() if name == kind)
    return found[::-1][:SHOWN]


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_comes_and_goes_the_newest_are_shown(steps: list[tuple[str, str, int, bool]]) -> None:
    section, records = Section(), {}
    for version, (urn, kind, day, there) in enumerate(steps, start=1):
        known = (kind, urn) in records
        refill = False
        if there:
            records[kind, urn] = (day, version)
            refill = section.put(kind, day, urn, version, orjson.dumps([urn, version]), new=not known)
        elif known:
            del records[kind, urn]
            refill = section.remove(kind, urn)
        if refill:
            shown = [(day, urn, v, orjson.dumps([urn, v])) for day, urn, v in newest(records, kind)]
            section.fill(kind, shown)
        section = Section.unpack(section.pack())
    seen = orjson.loads(b"{" + tail_of(section.pack()))
    kinds = {kind for kind, _ in records}
    assert seen["records"] == {kind: [[urn, v] for _, urn, v in newest(records, kind)] for kind in kinds}
    counts = {kind: sum(1 for name, _ in records if name == kind) for kind in kinds}
    assert {s["type"]: s["count"] for s in seen["series"]} == {k: n for k, n in counts.items() if n > SHOWN}
    assert section.empty == (not records)


def test_an_empty_section_is_what_is_joined_where_none_is_stored() -> None:
    assert tail_of(Section().pack()) == EMPTY_TAIL


def test_parts_of_a_merged_person_are_joined_without_doubles() -> None:
    one, two = Section(), Section()
    for number, urn in enumerate(URNS[:15]):
        one.put("a.one", number, urn, 1, orjson.dumps(urn), new=True)
    for number, urn in enumerate(URNS[10:25], start=10):
        two.put("a.one", number, urn, 1, orjson.dumps(urn), new=True)
    two.held[URNS[3]] = "b.two"
    one.join(two)
    seen = orjson.loads(b"{" + tail_of(one.pack()))
    assert seen["records"]["a.one"] == URNS[:25][::-1][:SHOWN]
    assert seen["series"][0]["count"] == 25 and seen["held"] == ["b.two"]
