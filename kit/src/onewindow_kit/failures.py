"""Telling of an unforeseen error without what it carried: messages of databases and parsers quote people's data."""

from __future__ import annotations

import traceback


def trace(error: BaseException) -> list[str]:
    """The error and its causes: ``Type at file:line function < caller < …``, never a message or a value.

    Of libraries only the place where the error arose is told, of the product the five innermost calls.
    """
    told = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        every = traceback.extract_tb(cause.__traceback__)
        ours = [frame for frame in every[:-1] if "site-packages" not in frame.filename]
        frames = [*ours[-5:], *every[-1:]]
        path = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        told.append(f"{type(cause).__name__} at {path or '?'}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return told
