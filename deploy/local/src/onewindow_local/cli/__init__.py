"""The command line: `./onewindow COMMAND`, one file for each group of commands."""

import sys

import typer

from onewindow_local.cli import (
    canary,
    delegates,
    down,
    importing,
    incident,
    logs,
    ops,
    people,
    settings,
    status,
    test,
    tokens,
    up,
    verify,
    view,
)
from onewindow_local.cli.screen import err
from onewindow_local.errors import LocalError

# The rest of the line belongs to another program.
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app = typer.Typer(
    name="onewindow",
    help="Onewindow on this machine: real engines, four departments, one window.",
    epilog="Start here: [bold]./onewindow up --detach[/], then [bold]./onewindow people[/] and [bold]./onewindow view REF[/]",
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=up.EXAMPLE)(up.up)
app.command(epilog=status.EXAMPLE)(status.status)
app.command(epilog=people.PEOPLE_EXAMPLE)(people.people)
app.command(epilog=view.EXAMPLE)(view.view)
app.command(epilog=verify.EXAMPLE)(verify.verify)
app.command(epilog=tokens.TOKEN_EXAMPLE)(tokens.token)
app.command(epilog=tokens.PROOF_EXAMPLE)(tokens.proof)
app.command("import", epilog=importing.EXAMPLE)(importing.import_file)
app.command(epilog=logs.LOGS_EXAMPLE)(logs.logs)
app.command(epilog=logs.RESTART_EXAMPLE)(logs.restart)
app.command(epilog=down.EXAMPLE)(down.down)
app.command(epilog=settings.EXAMPLE)(settings.settings)
app.command(epilog=canary.EXAMPLE)(canary.canary)
app.command(epilog=incident.EXAMPLE)(incident.incident)
app.add_typer(ops.app, name="ops", epilog=ops.LIST_EXAMPLE)
app.command(epilog=delegates.CONTRACTS_EXAMPLE)(delegates.contracts)
app.command(epilog=test.EXAMPLE, context_settings=PASS_ON)(test.test)
app.command(epilog=delegates.BENCH_EXAMPLE, context_settings=PASS_ON)(delegates.bench)
app.command(epilog=delegates.DEMO_EXAMPLE)(delegates.demo)


def main() -> int:
    """Run one command; the status to end with. A failure that a person can mend is two lines, not a stack trace."""
    try:
        app(prog_name="./onewindow")
    except LocalError as error:
        err.print(f"[red]{error.message}[/]" if "\n" not in error.message else error.message, markup=True)
        err.print(error.remedy, markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        sys.stderr.close()
        return 0
    return 0
