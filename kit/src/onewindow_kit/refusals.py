"""A refused look as a problem: the decision's reason is its code, the same at the gateway and at every department.

None of them says anything about a person: they are decided before anybody is looked up, or by what the caller looked at.
"""

from __future__ import annotations

from onewindow_kit.decision import Reason
from onewindow_kit.problems import Forbidden, Problem, Unavailable


class _Refused(Problem):
    status = 403


class PurposeUnknown(_Refused):
    code, title = Reason.UNKNOWN.value, "No such purpose is registered"
    remedy = "Use a purpose of the register (contracts/purposes) that is held by your authority."


class PurposeNotBound(_Refused):
    code, title = Reason.NOT_BOUND.value, "The token was not issued for this purpose"
    remedy = "Get a token whose authorization_details name the purpose that you ask for (RFC 9396)."


class PurposeNotHeld(_Refused):
    code, title = Reason.NOT_HELD.value, "This purpose was granted to somebody else"
    remedy = "Use a purpose that is registered for your own authority."


class PurposeVoid(_Refused):
    code, title = Reason.VOID.value, "The grant of this purpose is void: its holder was renamed or replaced"
    remedy = "Have the purpose granted anew to the authority as it is now."


class PurposeNotValid(_Refused):
    code, title = Reason.NOT_VALID.value, "The purpose does not hold today"
    remedy = (
        "Look only between the purpose's first and last day; have it prolonged by a reviewed change of the register."
    )


class ActorMissing(_Refused):
    code, title = Reason.NO_ACTOR.value, "This purpose wants a named acting person"
    remedy = "Name the officer in the assertion for which the token is issued; shared accounts can't look."


class CaseMissing(_Refused):
    code, title = Reason.NO_CASE.value, "This purpose wants the number of a case"
    remedy = "Name the case in the token's authorization_details."


class CaseMalformed(_Refused):
    code, title = Reason.CASE_MALFORMED.value, "The case is not numbered as cases of this purpose are"
    remedy = "Use the file number in the form that the purpose's entry states."


class CaseUnexpected(_Refused):
    code, title = Reason.CASE_UNEXPECTED.value, "This purpose has no cases"
    remedy = "Get a token without a case: what is written there would stand in the citizen's record."


class NothingAsked(_Refused):
    code, title = Reason.NOTHING_ASKED.value, "No field was asked for"
    remedy = "Name the fields that the purpose covers."


class BeyondPurpose(_Refused):
    code, title = Reason.BEYOND.value, "Something that was asked for lies beyond the purpose"
    remedy = "Ask only for what the purpose's entry lists; the whole look was refused."


class ActorLocked(_Refused):
    code, title = Reason.ACTOR_LOCKED.value, "This acting person is locked"
    remedy = "A supervisor lifts the lock, with a reason."


class OrganisationLocked(_Refused):
    code, title = Reason.ORGANISATION_LOCKED.value, "This organisation is locked"
    remedy = "A supervisor lifts the lock, with a reason."


class ActorBudgetReached(_Refused):
    code, title = Reason.ACTOR_BUDGET.value, "This acting person has looked at as many people as the purpose allows"
    remedy = "The person is locked until a supervisor lifts the lock with a reason."


class OrganisationBudgetReached(_Refused):
    code, title = (
        Reason.ORGANISATION_BUDGET.value,
        "This organisation has looked at as many people as the purpose allows",
    )
    remedy = "The organisation is locked until a supervisor lifts the lock with a reason."


class UsageUnknown(Unavailable):
    code, title = Reason.USAGE_UNKNOWN.value, "It is not known at the moment how many people were looked at"
    remedy = "Repeat after Retry-After: nobody is shown while budgets can't be counted."


_ALL: dict[str, type[Problem]] = {
    each.code: each
    for each in (
        PurposeUnknown,
        PurposeNotBound,
        PurposeNotHeld,
        PurposeVoid,
        PurposeNotValid,
        ActorMissing,
        CaseMissing,
        CaseMalformed,
        CaseUnexpected,
        NothingAsked,
        BeyondPurpose,
        ActorLocked,
        OrganisationLocked,
        ActorBudgetReached,
        OrganisationBudgetReached,
        UsageUnknown,
    )
}
CODES = tuple(_ALL)
"""The codes that any operation under a purpose may answer."""


def refusal(reason: Reason) -> Problem:
    """The problem of a decision that was not allowed; who is no agency at all is Forbidden."""
    return _ALL.get(reason, Forbidden)()
