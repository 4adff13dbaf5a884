"""What a person sees when everything is ready: addresses, three people, and what to try."""

from rich.cells import cell_len
from rich.markup import escape

from onewindow_local.cli.screen import out
from onewindow_local.instance import DEPARTMENTS, Instance, flags
from onewindow_local.people import Sample, read


def welcome(instance: Instance) -> None:
    """Print the table of addresses, three sample people and example commands."""
    people = read(instance)
    out.print()
    _print_rows(_addresses(instance))
    if people:
        out.print()
        _print_rows([(person.ref, person.sentence) for person in people[:3]])
    out.print()
    _print_rows([(f"./onewindow {command}{flags(instance)}", why) for command, why in _commands(people)])


def _addresses(instance: Instance) -> list[tuple[str, str]]:
    state = instance.state()
    embedded = state.get("embedded", {})
    reference = f"{instance.url('gateway')}/docs"
    rows = [("Gateway", reference)]
    rows += [(name.capitalize(), f"{instance.url(name)}  {reference}/{name}.v1") for name in DEPARTMENTS]
    rows.append(("Kafka", f"127.0.0.1:{instance.kafka_port}" if embedded.get("kafka") else f"{state.get('kafka')}"))
    rows.append(("PostgreSQL", f"127.0.0.1:{instance.postgres_port}" if embedded.get("postgres") else "your own"))
    rows.append(("Data and logs", str(instance.folder)))
    return rows


def _commands(people: list[Sample]) -> list[tuple[str, str]]:
    ref = people[0].ref if people else "REF"
    return [
        ("people", "who lives here, and in which state"),
        (f"view {ref}", "look through that person's window"),
        (f"token --citizen {ref}", "a token for curl or your own app"),
        ("status", "is every stream moving"),
        ("down", "stop; --purge throws the data away"),
    ]


def _print_rows(rows: list[tuple[str, str]]) -> None:
    """Two columns, never wrapped: a path or a command must stay one line to be copied."""
    width = max(cell_len(left) for left, _ in rows)
    for left, right in rows:
        out.print(f"{left}{' ' * (width - cell_len(left))}  [dim]{escape(right)}[/]", no_wrap=True, crop=False)
