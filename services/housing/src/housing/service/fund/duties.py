"""What the fund does by itself when a day comes."""

from collections.abc import Awaitable, Callable
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from housing.service.fund import arrears, interest
from housing.service.registry import Registry

DUTIES: dict[str, Callable[[AsyncSession, Registry, date], Awaitable[int]]] = {
    "fund-arrears": arrears.record,
    "fund-interest": interest.credit,
}
"""Arrears after each month's last day to pay, interest on the statutory day."""
