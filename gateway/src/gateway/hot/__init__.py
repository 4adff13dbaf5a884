"""The hot paths in plain ASGI, in front of the application that declares their routes: a citizen's read, an agency's look."""

from gateway.hot.read_for_purpose import ReadForPurpose
from gateway.hot.read_view import ReadView

__all__ = ["ReadForPurpose", "ReadView"]
