"""Tokens are verified once and remembered until they expire; what a request must add to one is judged each time.

Only asymmetric signatures pass (ES256, EdDSA); ``alg: none``, a foreign issuer, another audience, a token of another
type or without its claims is Unauthenticated, always with the same words.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onewindow_kit.auth.claims import principal
from onewindow_kit.auth.issuer_keys import FetchKeys
from onewindow_kit.auth.presented import Presented
from onewindow_kit.callers import Principal
from onewindow_kit.dpop import Proofs
from onewindow_kit.problems import ProofInvalid, Unauthenticated, Unavailable
from onewindow_kit.revocations import Revocations

ALGORITHMS = ["ES256", "EdDSA"]
REFETCH = 5.0  # seconds between two fetches of the key set, so that rubbish tokens can't make us hammer the issuer

log = structlog.get_logger(__name__)


class Verifier:
    """Turns tokens into principals for one ``audience``.

    ``fetch`` brings the issuer's JWK Set; it is asked at first use and when a token names an unknown key. ``bound`` are
    kinds of callers whose tokens must be bound to a key; any bound token's proof is checked by ``proofs``, against
    ``base`` (the address that clients know; the request's own where it is None). ``revocations`` None: nothing is ever
    revoked, in tests of one process.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        fetch: FetchKeys,
        *,
        bound: Iterable[str] = (),
        proofs: Proofs | None = None,
        revocations: Revocations | None = None,
        base: str | None = None,
        remember: int = 50_000,
    ) -> None:
        self.issuer, self.audience = issuer, audience
        self.bound, self.proofs, self.revocations = frozenset(bound), proofs, revocations
        self.base = base.rstrip("/") if base else None
        self._fetch, self._remember = fetch, remember
        self._keys: KeySet | None = None
        self._fetched_at = float("-inf")
        self._lock = asyncio.Lock()
        self._known: dict[str, Principal] = {}

    async def admit(self, presented: Presented) -> Principal:
        """Who makes this request: everything is checked.

        Unauthenticated, TokenRevoked, ProofInvalid or ProofReplayed; RevocationsUnknown, or Unavailable while the issuer
        can't be asked. A proof counts as used from here on: admit each request once.
        """
        caller = self.known(presented.token) or await self.verify(presented.token)
        self._admit(caller, presented)
        return caller

    def admitted(self, presented: Presented) -> Principal | None:
        """As ``admit``, without waiting: None when the token has to be verified first."""
        caller = self.known(presented.token)
        if caller is not None:
            self._admit(caller, presented)
        return caller

    def stands(self, caller: Principal) -> None:
        """Asked each time that an answer which stays open tells more: TokenRevoked or RevocationsUnknown where by now its
        caller would not be admitted. That a token ends is known from the beginning, and is the answer's to see to."""
        if self.revocations is not None:
            self.revocations.check(caller)

    def _admit(self, caller: Principal, presented: Presented) -> None:
        self.stands(caller)
        if caller.thumbprint is None:
            if caller.kind in self.bound:
                raise ProofInvalid("This token is bound to no key.")
            if presented.scheme != "bearer":
                raise Unauthenticated
            return
        if presented.scheme != "dpop" or presented.proof is None:
            raise ProofInvalid("The token came without a proof.")
        if self.proofs is None:
            raise Unavailable("Nothing here can check proofs.")
        self.proofs.check(
            presented.proof,
            method=presented.method,
            url=(self.base or presented.origin) + presented.path,
            token=presented.token,
            thumbprint=caller.thumbprint,
        )

    def known(self, token: str) -> Principal | None:
        """The principal of a token verified before, None when it has to be verified (again). Takes no lock.

        Who it names has proven nothing yet: ``admit`` decides.
        """
        principal = self._known.get(token)
        if principal is not None and principal.expires_at <= time.time():
            self._known.pop(token, None)
            raise Unauthenticated
        return principal

    async def verify(self, token: str) -> Principal:
        """Whom the issuer gave ``token`` to; Unauthenticated, or Unavailable while the issuer can't be asked.

        Signature and claims alone: whoever presents a token over HTTP goes through ``admit``.
        """
        if (caller := self.known(token)) is not None:
            return caller
        if len(token) > 8192:
            raise Unauthenticated
        caller = principal(await self._decode(token), self.issuer, self.audience)
        if caller is None:
            raise Unauthenticated
        if len(self._known) >= self._remember:
            for old in list(self._known)[: self._remember // 2]:
                del self._known[old]
        self._known[token] = caller
        return caller

    async def _decode(self, token: str) -> dict[str, Any]:
        keys = self._keys or await self._refresh()
        for last in (False, True):
            try:
                decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
                if str(decoded.header.get("typ", "")).lower() not in ("at+jwt", "application/at+jwt"):
                    raise Unauthenticated
                return decoded.claims
            except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
                refreshed = keys if last else await self._refresh(unless_fresh=True)
                if refreshed is keys:
                    raise Unauthenticated from error
                keys = refreshed
        raise Unauthenticated

    async def _refresh(self, *, unless_fresh: bool = False) -> KeySet:
        async with self._lock:
            if self._keys is not None and (unless_fresh and time.monotonic() - self._fetched_at < REFETCH):
                return self._keys
            try:
                keys = KeySet.import_key_set(await self._fetch())  # type: ignore[arg-type]  # a JWK Set by contract
            except (httpx.HTTPError, JoseError, ValueError, KeyError) as error:
                log.warning("issuer's keys not available", issuer=self.issuer, error=type(error).__name__)
                if self._keys is not None:
                    return self._keys
                raise Unavailable("The token issuer does not answer.") from error
            self._fetched_at = time.monotonic()
            # An unchanged set is the same object, so that a wrong signature is not verified twice.
            if self._keys is None or self._keys.as_dict(private=False) != keys.as_dict(private=False):
                self._keys = keys
            return self._keys
