"""Many values as one parameter: ``= any(array)`` is one statement for any number of them, ``in`` one for each."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ARRAY, BindParameter, Text, literal


def array_of(values: Iterable[str]) -> BindParameter[Sequence[str]]:
    """Texts as a ``text[]`` parameter."""
    return literal(list(values), ARRAY(Text()))
