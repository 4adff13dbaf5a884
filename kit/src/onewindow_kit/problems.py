"""Problems: every refusal has a name, an HTTP status and a stable machine code (RFC 9457).

Pure: a department's ``domain`` may raise these without knowing that HTTP exists. Convention: 422 only for what the
schema says, 409 for rules of the domain, 412 for versions, 400 for cursors and bytes that are no JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal that its caller can act on.

    ``title`` says what happened, ``remedy`` what to do about it; both are constant for a ``code``. ``detail`` is for
    this occurrence and must never hold a number, a name or an address of a person. ``errors`` lists the places in the
    input (``path`` as JSON Pointer, ``reason``). ``headers`` travel on the answer (Retry-After).
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something failed on our side"
    remedy: ClassVar[str] = "Try again later; if it stays, give the instance id of this problem to the operator."

    def __init__(
        self,
        detail: str = "",
        *,
        errors: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        self.extra = extra

    def body(self, instance: str) -> dict[str, Any]:
        """The RFC 9457 object; ``instance`` is the URN of this occurrence."""
        body: dict[str, Any] = {
            "type": f"/v1/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "instance": instance,
            "remedy": self.remedy,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = self.errors
        return body | self.extra


class MalformedRequest(Problem):
    status, code, title = 400, "malformed-request", "The request could not be read"
    remedy = "Send well-formed JSON in UTF-8, without NUL or lone surrogates and not nested more than 64 levels deep."


class InvalidCursor(Problem):
    status, code, title = 400, "invalid-cursor", "The cursor is not one that this service gave out"
    remedy = "Start again without a cursor, then pass on the 'next' value of each page unchanged."


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "The access token is missing, expired or not for this service"
    remedy = "Get a new token from the issuer for this audience and send it as 'Authorization: Bearer …'."


class ProofInvalid(Problem):
    status, code, title = 401, "proof-invalid", "The token is bound to a key, and this request does not prove that key"
    remedy = (
        "Send 'Authorization: DPoP …' and a fresh proof for exactly this request in one DPoP header (RFC 9449); "
        "'detail' says what does not fit. Offices ask for bound tokens only."
    )


class ProofReplayed(Problem):
    status, code, title = 401, "proof-replayed", "This proof was used before"
    remedy = (
        "Make a new proof for each request, a repeated one too; if you did, somebody else has sent yours: report it."
    )


class TokenRevoked(Problem):
    status, code, title = 401, "token-revoked", "This credential was revoked"
    remedy = "It opens nothing any more; the supervision office knows why."


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "This caller may not use this operation"
    remedy = "Use a credential that the operation's access rule names (x-access in the contract)."


class NotFound(Problem):
    status, code, title = 404, "not-found", "There is nothing at this address that the caller may see"
    remedy = "Check the URN or path; records of other sectors and other people look the same as missing ones."


class MethodNotAllowed(Problem):
    status, code, title = 405, "method-not-allowed", "The path exists, the method does not"
    remedy = "Use one of the methods in the Allow header."


class Conflict(Problem):
    status, code, title = 409, "conflict", "The record's present state does not allow this"
    remedy = "Read the record again and decide anew."


class CaseClosed(Conflict):
    code, title = "case-closed", "This case has ended"
    remedy = "Read the case's decision; apply anew if you still want it."


class CaseAwaitsParties(Conflict):
    code, title = "case-awaits-parties", "Other parties to this case have not answered yet"
    remedy = "Wait for every party's answer or for the end of the term to answer."


class AlreadyAnswered(Conflict):
    code, title = "already-answered", "This party has already answered"
    remedy = "An answer stands; the applicant can withdraw the case and apply anew."


class RuleNotInForce(Problem):
    status, code, title = 409, "rule-not-in-force", "The rule asked for did not exist yet on that day"
    remedy = "Take a day on which the rule named in 'detail' holds; the first one is named too."


class IdempotencyMismatch(Problem):
    status, code, title = 409, "idempotency-key-reused", "This Idempotency-Key was used for another request"
    remedy = "Use a new key for a new command; repeat a command with the same key and the same body."


class VersionConflict(Problem):
    status, code, title = 412, "version-conflict", "The record has changed since it was read"
    remedy = "Read the record again and send the new ETag as If-Match."


class BodyTooLarge(Problem):
    status, code, title = 413, "body-too-large", "The request body is larger than this service takes"
    remedy = "Send less at a time; files of many rows go through the import command."


class UnsupportedMediaType(Problem):
    status, code, title = 415, "unsupported-media-type", "The body's media type is not one that this operation takes"
    remedy = "Send 'Content-Type: application/json'."


class InvalidRequest(Problem):
    status, code, title = 422, "invalid-request", "The request does not fit the contract"
    remedy = (
        "Mend the places listed in 'errors'; "
        "the department's contract is at /openapi.json, at the gateway under /v1/contracts."
    )


class PreconditionRequired(Problem):
    status, code, title = 428, "precondition-required", "A change must say which version it changes"
    remedy = "Send the ETag of the version that you read as If-Match."


class TooManyRequests(Problem):
    status, code, title = 429, "rate-limited", "Too many requests from this client"
    remedy = "Wait as long as Retry-After says."


class Internal(Problem):
    pass


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "A part that this needs does not answer at the moment"
    remedy = "Nothing was changed unless a repeat with the same Idempotency-Key says so; repeat after Retry-After."

    def __init__(self, detail: str = "", *, retry_after: int = 1, **more: Any) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)}, **more)


class RevocationsUnknown(Unavailable):
    code, title = "revocations-unknown", "It cannot be known at the moment which credentials were revoked"
    remedy = "Nobody looks while the supervision office cannot be heard; repeat after Retry-After."


def catalogue() -> dict[str, type[Problem]]:
    """Every problem that the loaded modules define, by code."""

    def walk(cls: type[Problem]) -> Iterator[type[Problem]]:
        for sub in cls.__subclasses__():
            yield sub
            yield from walk(sub)

    return {cls.code: cls for cls in walk(Problem)}
