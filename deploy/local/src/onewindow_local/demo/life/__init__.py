"""``onewindow demo life``: one family over ten years, in about a minute.

An instance of its own is started, in which the offices' day is what the story says. Citizens act through the gateway,
officers through their departments' own interfaces, firms by who represents them. Nothing stays behind.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from onewindow_local.cli.screen import out
from onewindow_local.demo.city import City
from onewindow_local.demo.life import arrival, home, partings, trouble
from onewindow_local.demo.life.people import Family, gather
from onewindow_local.demo.life.telling import Tale
from onewindow_local.demo.temporary import temporary
from onewindow_local.instance import Instance

BEGIN = date(2016, 3, 1)
STORY: tuple[Callable[[Family], Awaitable[None]], ...] = (
    *(arrival.he_comes, arrival.he_works, arrival.he_may_stay, arrival.they_marry, arrival.he_moves_in),
    *(home.they_drive, home.they_buy, home.they_move, home.a_child, home.money_from_the_fund),
    *(trouble.twelve_points, trouble.the_way_back),
    *(partings.an_inheritance, partings.the_loan_is_repaid, partings.they_part),
)


def run(_: Instance) -> int:
    """0 once the story is told."""
    out.print("A city of its own is started for this; it is thrown away afterwards …")
    with temporary(0, BEGIN) as city:
        asyncio.run(tell(city))
    out.print("\nTen years, one window each. The city is gone; ./onewindow up starts one that stays.")
    return 0


async def tell(city: City) -> None:
    """The whole story, in a city whose legal day may be set."""
    family = await gather(Tale(city, BEGIN))
    for chapter in STORY:
        await chapter(family)
