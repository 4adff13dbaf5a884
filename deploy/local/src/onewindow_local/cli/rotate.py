"""`ops rotate`: new keys for old ones while everything runs."""

from typing import Annotated

import typer

from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err
from onewindow_local.errors import LocalError
from onewindow_local.instance import choose

EXAMPLE = "Example: [bold]./onewindow ops rotate signing[/] · [bold]./onewindow ops rotate all[/]"
MEANING = {
    "seals": "topics' seals: what events in Kafka are sealed under",
    "fields": "holders' own stores: columns that name people, the view",
    "sectors": "introductions from one sector to another",
    "signing": "the issuer's key: what access tokens are signed by",
}


def rotate(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="; ".join([*MEANING, "all"]))],
    data: Data = None,
    port: Port = None,
) -> None:
    """Give out new keys. Nothing has to be restarted, and no request fails.

    Processes use a new key within some seconds. Old ones stay with their holders to open what they sealed; an earlier
    signing key stays known while three more follow it, longer than any token lives.
    """
    from onewindow_kit.keyring.rotation import rotate_all

    instance = choose(data, port)
    if kind != "all" and kind not in MEANING:
        raise LocalError(f"{kind!r} is no kind of key.", f"Name one of: {', '.join([*MEANING, 'all'])}.")
    if not instance.keys.is_dir():
        raise LocalError(f"There are no keys in {instance.folder}.", "./onewindow up makes them.")
    for name in MEANING if kind == "all" else (kind,):
        count = rotate_all(instance.keys, name)
        err.print(f"{count} new for {MEANING[name]}")
