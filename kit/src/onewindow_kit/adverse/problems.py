"""Why an adverse act is refused at the door, or a step on one. What stands in the person's record says these codes too."""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class AuthorMissing(Conflict):
    code, title = "author-missing", "The token names no officer, or no unit of the officer"
    remedy = "Ask for a token whose assertion names the acting officer and the officer's unit."


class BasisNotHeld(Conflict):
    code, title = "basis-not-held", "This office has no such legal basis for this today"
    remedy = "Name a basis of contracts/bases that belongs to the office, is in force and permits this act."


class GroundsMissing(Conflict):
    code, title = "grounds-missing", "A refusal must state its basis and its evidence"
    remedy = "Name a legal basis of the office and the records that bear it out in `grounds`."


class EvidenceNotConfirmed(Conflict):
    code, title = "evidence-not-confirmed", "Evidence was not confirmed by the department that keeps it"
    remedy = "Name records that exist, concern this person and are evidence for this basis; the attempt is on record."


class ActDecided(Conflict):
    code, title = "act-decided", "This act does not wait for a second officer"
    remedy = "Read the act: it was decided, or it is held for the supervisor."


class ActNotHeld(Conflict):
    code, title = "act-not-held", "This act is not held for the supervisor"
    remedy = "Read the act; only held ones are ruled on."


class ActNotInForce(Conflict):
    code, title = "act-not-in-force", "This act is not in force"
    remedy = "Only an act that took effect and was not undone can be undone."


class ActOvertaken(Conflict):
    code, title = "act-overtaken", "What the act was about has changed since"
    remedy = "Read the records that the act concerns, and decide on them as they are now."


class ApproverIsAuthor(Conflict):
    code, title = "approver-is-author", "An officer cannot approve an act of their own"
    remedy = "Let another officer of another unit decide."


class ApproverSameUnit(Conflict):
    code, title = "approver-same-unit", "The second officer is of the author's unit, or of none"
    remedy = "Let an officer of another unit decide; the office's assertion names the unit."
