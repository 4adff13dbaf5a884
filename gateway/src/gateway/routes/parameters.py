"""Parameters that several operations share, as the contract bounds them."""

from typing import Annotated

from fastapi import Depends, Header, Path

from gateway.parts import Parts, parts

Here = Annotated[Parts, Depends(parts)]
_VERSION = r"urn:onewindow:[a-z0-9.-]{1,80}:[a-z][a-z0-9-]{0,40}:[a-z2-7]{22}@[1-9][0-9]{0,9}"
VERSIONS = rf"^{_VERSION}(, ?{_VERSION}){{0,31}}$"
Awaited = Annotated[str | None, Header(alias="Onewindow-Version", max_length=6000, pattern=VERSIONS)]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=1000, pattern=r"^[ -~]+$")]
Name = Annotated[str, Path(max_length=100, pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$")]
PRIVATE = {"Cache-Control": "private, no-cache"}
