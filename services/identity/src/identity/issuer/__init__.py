"""A small OpenID Connect issuer for development, enabled by ``ONEWINDOW_DEV_ISSUER``; any other provider can take its place.

Authorization code with PKCE (S256 only) and a page of sample people; client credentials by private_key_jwt (RFC 7523);
token exchange by the gateway (RFC 8693). Access tokens follow RFC 9068.
"""

from identity.issuer.issuer import Issuer
from identity.issuer.routes import router

__all__ = ["Issuer", "router"]
