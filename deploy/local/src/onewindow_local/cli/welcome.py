"""What a person sees when everything is ready: addresses, three people, and what to try."""

from rich.table import Table

from onewindow_local.cli.screen import out
from onewindow_local.instance import DEPARTMENTS, Instance
from onewindow_local.people import Sample, read


def flags(instance: Instance) -> str:
    """The options that choose this instance again; empty for the usual one."""
    from onewindow_local.instance import CHECKOUT, DEFAULT_PORT

    if instance.folder == CHECKOUT / ".onewindow":
        return "" if instance.port == DEFAULT_PORT else f" --port {instance.port}"
    if instance.folder == CHECKOUT / f".onewindow-{instance.port}":
        return f" --port {instance.port}"
    return f" --data {instance.folder}"


def welcome(instance: Instance) -> None:
    """Print the table of addresses, three sample people and example commands."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_row("Gateway", instance.url("gateway"), "one window for each citizen; /openapi.json, /docs")
    for name in DEPARTMENTS:
        table.add_row(name.capitalize(), instance.url(name), "the department's own API; /openapi.json")
    table.add_row("Kafka", f"127.0.0.1:{instance.kafka_port}" if _embedded(instance, "kafka") else "your own", "")
    if _embedded(instance, "postgres"):
        table.add_row("PostgreSQL", f"127.0.0.1:{instance.postgres_port}", "a database for each department")
    out.print()
    out.print(table)
    people = read(instance)
    if people:
        _people(people[:3])
    more = flags(instance)
    ref = people[0].ref if people else "REF"
    out.print()
    out.print(f"  ./onewindow people{more}            who lives here, and in which state")
    out.print(f"  ./onewindow view {ref}{more}        look through that person's window")
    out.print(f"  ./onewindow token --citizen {ref}{more}   a token for curl or your own app")
    out.print(f"  ./onewindow status{more}            is every stream moving")
    out.print(f"  ./onewindow down{more}              stop")


def _people(people: list[Sample]) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for person in people:
        table.add_row(person.ref, person.sentence)
    out.print()
    out.print(table)


def _embedded(instance: Instance, engine: str) -> bool:
    return bool(instance.state().get("embedded", {}).get(engine, True))
