"""The hot read path: ``GET /v1/me/view`` in plain ASGI, in front of the application that declares the route."""

from gateway.hot.read_view import ReadView

__all__ = ["ReadView"]
