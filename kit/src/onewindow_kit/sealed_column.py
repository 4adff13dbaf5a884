"""A column whose text is sealed: the database, its dumps and its backups never see it."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from onewindow_kit.sealing import sealer_of


class SealedText(TypeDecorator[str]):
    """``SealedText("identity", "person.name")``: text in Python, sealed bytes in PostgreSQL, bound to that column.

    It cannot be searched: put ``sealing.blind(holder, place, value)`` into a column beside it for equality.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, holder: str, place: str) -> None:
        super().__init__()
        self.holder = holder
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return sealer_of(self.holder).seal_own("fields", self.place, value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return sealer_of(self.holder).open_own("fields", self.place, bytes(value)).decode()
