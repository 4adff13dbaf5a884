"""Whether what fits one schema fits another, both in the normal form of `agreement`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
LOWEST = ("minimum", "minLength", "minItems", "minProperties")
HIGHEST = ("maximum", "maxLength", "maxItems", "maxProperties")
FORM = ("pattern", "format")


def refused(place: str, old: Schema, new: Schema) -> Iterator[str]:
    """What ``old`` lets pass and ``new`` does not: requests and records of before that would be refused now."""
    yield from _beyond(place, old, new, answers=False)


def broken(place: str, old: Schema, new: Schema) -> Iterator[str]:
    """What ``new`` answers that ``old`` did not promise. A property more and a code more are no break: clients ignore
    what they don't know."""
    yield from _beyond(place, new, old, answers=True)


def _beyond(place: str, given: Schema, limit: Schema, *, answers: bool) -> Iterator[str]:
    """What ``given`` allows and ``limit`` does not."""
    if "anyOf" in given or "anyOf" in limit:
        yield from _options(place, given, limit, answers)
        return
    mine, theirs = given.get("type"), limit.get("type")
    fits = theirs in (None, mine) or (mine == "integer" and theirs == "number") or (mine is None and "enum" in given)
    if not fits:
        yield f"{place}: {_words(answers, mine or 'anything', theirs)}"
        return
    lost = [v for v in given.get("enum", ["anything else"]) if v not in limit.get("enum", [v])]
    if lost and not answers:
        yield f"{place}: no longer takes {', '.join(map(str, lost))}"
    yield from _bounds(place, given, limit, answers)
    yield from _object(place, given, limit, answers)
    if "items" in limit:
        yield from _beyond(f"{place}[]", given.get("items", {}), limit["items"], answers=answers)


def _options(place: str, given: Schema, limit: Schema, answers: bool) -> Iterator[str]:
    allowed = limit.get("anyOf", [limit])
    for option in given.get("anyOf", [given]):
        alike = [each for each in allowed if each.get("type") == option.get("type")]
        if len(alike) == 1:  # the one beside null, in most cases: say what is different about it
            yield from _beyond(place, option, alike[0], answers=answers)
        elif all(any(_beyond(place, option, each, answers=answers)) for each in allowed):
            yield f"{place}: {_words(answers, _kind(option), None)}"


def _kind(schema: Schema) -> str:
    return str(schema.get("type") or schema.get("enum") or "another form")


def _words(answers: bool, mine: str, theirs: str | None) -> str:
    if answers:
        return f"may now be {mine}" + (f" instead of {theirs}" if theirs else "")
    return f"no longer takes {mine}" + (f", only {theirs}" if theirs else "")


def _bounds(place: str, given: Schema, limit: Schema, answers: bool) -> Iterator[str]:
    verb = "may now go" if answers else "no longer goes"
    for key in (*LOWEST, *HIGHEST):
        mine, theirs = given.get(key), limit.get(key)
        sign = 1 if key in LOWEST else -1
        if theirs is not None and (mine is None or sign * mine < sign * theirs) and "enum" not in given:
            yield (
                f"{place}: {verb} beyond {key} {theirs}" if answers else f"{place}: {verb} to {mine}, {key} is {theirs}"
            )
    for key in FORM:
        if key in limit and limit[key] != given.get(key) and "enum" not in given:
            yield f"{place}: another {key}"
    if limit.get("uniqueItems") and not given.get("uniqueItems"):
        yield f"{place}: {'may now repeat items' if answers else 'no longer takes repeated items'}"


def _object(place: str, given: Schema, limit: Schema, answers: bool) -> Iterator[str]:
    mine, theirs = given.get("properties", {}), limit.get("properties", {})
    for name in sorted(set(limit.get("required", ())) - set(given.get("required", ()))):
        yield f"{place}/{name}: {'is no longer always there' if answers else 'is now required'}"
    closed = limit.get("additionalProperties") is False
    for name, schema in mine.items():
        if name in theirs:
            yield from _beyond(f"{place}/{name}", schema, theirs[name], answers=answers)
        elif closed and not answers:
            yield f"{place}/{name}: is no longer known"
    if answers:
        optional = theirs.keys() - mine.keys() - set(limit.get("required", ()))
        yield from (f"{place}/{name}: is no longer answered" for name in sorted(optional))
    elif closed and given.get("additionalProperties") is not False and given.get("type") == "object":
        yield f"{place}: no longer takes other properties"
