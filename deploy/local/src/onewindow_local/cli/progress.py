"""Shows a start as it happens: live lines on a terminal, one line for each step in a log or a pipe."""

from typing import Any

from rich.console import Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from onewindow_local.cli.screen import err


class Progress:
    """Give it the events of `onewindow_local.events`; use it as a context manager."""

    def __init__(self) -> None:
        self._open: dict[str, Spinner] = {}
        self._download: str | None = None
        self._live = Live(console=err, transient=True, refresh_per_second=12) if err.is_terminal else None

    def __enter__(self) -> "Progress":
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        match event:
            case {"step": name, "state": "begun"}:
                self._open[name] = Spinner("dots", f"{name} …")
            case {"step": name, "state": state, **more}:
                self._open.pop(name, None)
                if state != "given up":
                    self._line(name, state, more)
            case {"download": name, "done": done, "size": size}:
                self._downloading(name, done, size)
            case {"progress": name, "done": done, "total": total, **more}:
                rate = f", {more['rate']:,.0f}/s" if "rate" in more else ""
                self._open[name] = Spinner("dots", f"{name}: {done:,} of {total:,}{rate}")
            case {"fell": name}:
                err.print(f"[yellow]![/] {name} ended by itself; starting it again")
            case {"restarted": name}:
                err.print(f"[green]✓[/] {name} is back")
            case {"not_restarted": name, "text": text}:
                err.print(f"[red]✗[/] {name}: {text}", markup=True)
            case _:
                pass
        self._draw()

    def _line(self, name: str, state: str, more: dict[str, Any]) -> None:
        seconds = more.get("seconds", 0)
        detail = f" {more['text']}" if more.get("text") else ""
        mark = "[green]✓[/]" if state == "done" else "[red]✗[/]"
        err.print(f"{mark} {name}{detail} [dim]{seconds} s[/]")

    def _downloading(self, name: str, done: int, size: int) -> None:
        if self._live is None:
            if done == size:
                err.print(f"  fetched {name}")
            return
        self._open["download"] = Spinner("dots", f"fetching {name}")
        if done == size:
            self._open.pop("download")

    def _draw(self) -> None:
        if self._live is not None:
            self._live.update(Group(*(self._open.values() or [Text("")])))
