"""Access tokens: JWTs of one issuer (RFC 9068), bound to a key where offices look at people (RFC 9449), revocable."""

from onewindow_kit.auth.issuer_keys import FetchKeys, issuer_keys
from onewindow_kit.auth.presented import Presented, bearer, credentials, presented
from onewindow_kit.auth.verifier import Verifier

__all__ = ["FetchKeys", "Presented", "Verifier", "bearer", "credentials", "issuer_keys", "presented"]
