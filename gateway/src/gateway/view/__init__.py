"""The view store: one LMDB environment per gateway node that holds every citizen's window, sealed.

The projector is its only writer; API processes read. What the rest of the gateway may call::

    async with View(settings, keyring, contracts) as view:
        await view.wait(tokens.parse(header))          # Unavailable past the bound
        view.subject(pseudonym) -> str | None          # any sector's pseudonym -> the person's current gateway pseudonym
        view.current(gateway_pseudonym) -> str         # the same for an alias left by a merge
        view.records(subject, "housing.title", cursor, limit) -> (list[bytes], next cursor | None)   # history too
        view.opened(subject, topics) -> Iterator[(topic, envelope)]      # current records, parsed, with `you`
        view.sections(topics) -> {topic: SectionState}
        view.changes(subject, after) -> (list[Change], last id) | None   # None: unknown place, start anew
        await view.changed(subject, timeout) -> bool

``subject`` is a gateway-sector pseudonym everywhere. Bytes are ready JSON as the citizen may see it: properties without a
class are not in the store at all, ``x-visible-to`` is obeyed by role, ``subjects`` is replaced by ``you``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.view.reader import Change, SectionState, View

__all__ = ["Change", "SectionState", "View"]


def __getattr__(name: str) -> object:
    # The projector uses the store's layout without the read side.
    if name in __all__:
        from gateway.view import reader

        return getattr(reader, name)
    raise AttributeError(name)
