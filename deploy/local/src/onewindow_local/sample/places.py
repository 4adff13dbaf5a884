"""Where the sample lives: the districts of Hangzhou (GB/T 2260), streets and numbers that mean no real address."""

import random

# Six-digit division -> weight, rough share of the city's people. Names come from the code list.
DISTRICTS = {
    "330102": 13, "330105": 12, "330106": 12, "330108": 5, "330109": 20, "330110": 13,
    "330111": 8, "330112": 6, "330113": 12, "330114": 7, "330122": 4, "330127": 4, "330182": 4,
}  # fmt: skip
# Where people who moved to the city were born.
ELSEWHERE = ("330203", "330302", "340103", "360102", "410102", "420106", "320102", "510104", "610102", "370102")
_STREETS = (
    "望湖路",
    "桂花街",
    "新塘路",
    "运河巷",
    "青枫路",
    "听涛路",
    "稻香街",
    "云栖巷",
    "科苑路",
    "银杏街",
    "柳浦路",
    "书院巷",
)
_ESTATES = ("望湖苑", "桂雨园", "新塘家园", "运河人家", "青枫里", "听涛居", "稻香村", "云栖府", "科苑新村", "银杏公寓")


def district(chance: random.Random) -> str:
    return chance.choices(list(DISTRICTS), list(DISTRICTS.values()))[0]


def address(chance: random.Random) -> str:
    """Below the division: street, number, estate, building, unit and door."""
    street, number = chance.choice(_STREETS), chance.randint(1, 480)
    building, unit, floor = chance.randint(1, 28), chance.randint(1, 4), chance.randint(1, 18)
    return f"{street}{number}号{chance.choice(_ESTATES)}{building}幢{unit}单元{floor}0{chance.randint(1, 4)}室"


def neighbourhood(division: str, chance: random.Random) -> str:
    """Nine digits: the division and a street office."""
    return f"{division}{chance.randint(1, 12):03d}"
