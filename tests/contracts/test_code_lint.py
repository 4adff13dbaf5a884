"""Rules in code: the lint finds a number that ought to be a parameter, and a parameter that nobody asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from onewindow_contracts.lint import lint_code
from onewindow_contracts.loader import HOME

ASKS = 'def fee(rules, on):\n    return rules.parameter("yearly-rent", on) + rules.parameter("parks.notice-days", on)\n'
RULES = {
    "a constant": ("LONGEST = 30", "30"),
    "a default": ("def wait(days: int = 15): ...", "15"),
    "a comparison": ("def fits(age):\n    return age >= 18", "18"),
    "a chain of comparisons": ("def fits(age):\n    return 18 <= age < 70", "18, 70"),
    "a term": ("def until(day):\n    return day + timedelta(days=15)", "15"),
    "two days": ("def until(day):\n    return day + timedelta(days=2)", "2"),
    "one year": ("def until(day):\n    return add(day, years=1)", "1"),
    "one month, by position": ("def until(day):\n    return months_after(day, 1)", "1"),
    "a year of a helper": ("def until(day):\n    return add_years(day, 1)", "1"),
    "a rate": ("RATE = 0.05", "0.05"),
    "an exact rate": ('RATE = Decimal("0.05")', "Decimal('0.05')"),
    "a share": ("MOST = Fraction(2, 3)", "Fraction(2, 3)"),
    "a share as text": ('MOST = Fraction("2/3")', "Fraction('2/3')"),
    "money": ("LEAST = 5_000_00", "500000"),
    "below zero": ("LEAST = -7", "7"),
    "a table": ('POINTS = {"speeding": 6, "phone": 3}', "6, 3"),
    "a case": ("def f(age):\n    match age:\n        case 16:\n            return True", "16"),
    "a day": ("SINCE = date(2022, 4, 1)", "2022, 4"),
    "a loop": ("def f():\n    return [x for x in range(12)]", "12"),
    "a member of an enumeration": ("class Level(IntEnum):\n    HIGH = 3", "3"),
    "an argument inside an index": ("def f(x):\n    return table(18)[x]", "18"),
}
QUIET = {
    "nothing, one and two": "def f(x):\n    return x + 1 if x else 0 - 2",
    "the next day": "def f(day):\n    return day + timedelta(days=1)",
    "an index": "def f(text):\n    return text[17], text[6:14], text[-4:]",
    "the length of a code": "def f(text):\n    return len(text) == 18",
    "a problem's status": 'class No(Problem):\n    status, code, title = 409, "no", "No"',
    "truth and text": 'WHICH = True, None, "30 days", b"30"',
    "an annotation": "def f(x: Literal[30]) -> None: ...\ny: Literal[30]",
    "no share": 'WHOLE = Fraction(1), Fraction("1"), Fraction(a, b), Decimal(0)',
    "a reason": "LENGTH = 30  # not a rule: characters of a title",
    "a reason at a statement's end": "TABLE = (\n    30,\n    40,\n)  # not a rule: weights of the check digit",
    "a reason at its beginning": "TABLE = (  # not a rule: weights of the check digit\n    30,\n    40,\n)",
    "a reason for a default": "def f(\n    limit: int = 50,  # not a rule: a page\n): ...",
}


def checkout(folder: Path, code: str, layer: str = "domain/rent.py") -> Path:
    file = folder / "checkout/services/parks/src/parks" / layer
    file.parent.mkdir(parents=True)
    file.write_text(code + "\n", "utf-8")
    asking = folder / "checkout/services/parks/src/parks/rules.py"
    asking.write_text(ASKS, "utf-8")
    return folder / "checkout"


@pytest.mark.parametrize("planted", RULES)
@pytest.mark.parametrize("layer", ["domain/rent.py", "service/deep/rent.py", "domain.py"])
def test_a_planted_number_is_found(parks: Path, tmp_path: Path, planted: str, layer: str) -> None:
    code, numbers = RULES[planted]
    [found] = lint_code(checkout(tmp_path, code, layer), [parks])
    line = 1 + next(n for n, text in enumerate(code.splitlines()) if any(c.isdigit() for c in text))
    assert (found.rule, found.file.name, found.place) == ("number-in-code", Path(layer).name, f":{line}")
    assert found.missing == f"the number {numbers} looks like a rule"
    assert "dated parameter" in found.mend


@pytest.mark.parametrize("written", QUIET)
def test_what_is_no_rule_is_left_alone(parks: Path, tmp_path: Path, written: str) -> None:
    assert lint_code(checkout(tmp_path, QUIET[written]), [parks]) == []


@pytest.mark.parametrize("layer", ["store/rent.py", "routes/rent.py", "tables.py"])
def test_only_rules_are_looked_at(parks: Path, tmp_path: Path, layer: str) -> None:
    assert lint_code(checkout(tmp_path, "LONGEST = 30", layer), [parks]) == []


@pytest.mark.parametrize(
    "code, what",
    [
        ("LENGTH = 30  # not a rule:", "without a reason"),
        ("LENGTH = 2  # not a rule: a pair", "excuses no number"),
        ("# not a rule: the next line\nLENGTH = 2", "excuses no number"),
        ("def f(x):  # not a rule: all of it\n    return x + 30", "excuses no number"),
    ],
)
def test_an_excuse_must_excuse_something_and_say_why(parks: Path, tmp_path: Path, code: str, what: str) -> None:
    found = lint_code(checkout(tmp_path, code), [parks])
    assert any(what in each.missing for each in found)


def test_a_parameter_that_nobody_asks_for_is_found(parks: Path, tmp_path: Path) -> None:
    folder = checkout(tmp_path, "")
    (folder / "services/parks/src/parks/rules.py").write_text('NAMED = "notice-days"  # parks.notice-days\n', "utf-8")
    found = lint_code(folder, [parks])
    assert [(f.rule, f.missing.split()[0]) for f in found] == [
        ("parameter-unused", "parks.notice-days"),
        ("parameter-unused", "parks.yearly-rent"),
    ]


def test_a_parameter_that_does_not_exist_is_found(parks: Path, tmp_path: Path) -> None:
    [found] = lint_code(checkout(tmp_path, 'def f(rules, on):\n    return rules.parameter("rent", on)'), [parks])
    assert (found.rule, found.place) == ("parameter-unknown", ":2")


def test_a_file_that_does_not_parse_is_no_end(parks: Path, tmp_path: Path) -> None:
    assert lint_code(checkout(tmp_path, "def ("), [parks]) == []


def test_the_departments_of_this_repository_keep_their_rules_in_parameters() -> None:
    found = lint_code(HOME.parent, [HOME])
    assert [f"{f.file.name}{f.place} {f.rule}: {f.missing}" for f in found] == []
