"""Whether a proof names the address that was asked (RFC 9449, 4.3): without query and fragment, normalised (RFC 3986, 6.2)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

_PORTS = {"http": 80, "https": 443}
_AS_THEY_ARE = "/:@!$&'()*+,;=~-._"


def same(htu: str, url: str) -> bool:
    return htu == url or ((named := _normalised(htu)) is not None and named == _normalised(url))


@lru_cache(maxsize=4096)
def _normalised(url: str) -> str | None:
    """None for what is no address of HTTP."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _PORTS or not host or "@" in parts.netloc:
        return None
    place = f"[{host}]" if ":" in host else host
    if port not in (None, _PORTS[scheme]):
        place = f"{place}:{port}"
    return f"{scheme}://{place}{quote(unquote(parts.path or '/'), safe=_AS_THEY_ARE)}"
