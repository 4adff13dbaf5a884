"""What the rules refuse, with the contract's codes and words."""

from onewindow_kit.problems import Conflict, NotFound


class MatterClosed(Conflict):
    code, title = "matter-closed", "The question or dispute waits for nothing any more"
    remedy = "Read its state again."


class NotEscalated(Conflict):
    code, title = "not-escalated", "The office's own term still runs"
    remedy = "The supervisor acts in its place once the matter is escalated."


class NotAnswered(Conflict):
    code, title = "not-answered", "The question has no answer to accept or contest"
    remedy = "Read the question again."


class ActingPersonMissing(Conflict):
    code, title = "acting-person-missing", "A named officer must do this"
    remedy = "Get a token in whose assertion the office vouches for the officer (act)."


class OwnLook(Conflict):
    code, title = "own-look", "Whoever looked cannot answer for the look"
    remedy = "Let another officer answer."


class EntryIsOwn(Conflict):
    code, title = "entry-is-own", "The entry is a look of your own"
    remedy = "Ask about an entry of an office."


class QuestionOpen(Conflict):
    code, title = "question-open", "A question about this entry is open"
    remedy = "Wait for its answer, or withdraw it first."


class DisputeOpen(Conflict):
    code, title = "dispute-open", "A dispute about this record is open"
    remedy = "Wait for its decision, or withdraw it first."


class OfficeUnknown(Conflict):
    code, title = "office-unknown", "There is no such office"
    remedy = "Check the record or the office's id."


class RevocationIncomplete(Conflict):
    code, title = "revocation-incomplete", "An officer is revoked with their office, anything else without one"
    remedy = "State `organisation` exactly when the kind is officer."


class AlreadyRevoked(Conflict):
    code, title = "already-revoked", "This credential is revoked already"
    remedy = "Read the revocation that holds."


class AlreadyLocked(Conflict):
    code, title = "already-locked", "This officer or office is locked already"
    remedy = "Read the lock that holds."


class AlreadyLifted(Conflict):
    code, title = "already-lifted", "It was lifted already"
    remedy = "Read it again."


class UntilPast(Conflict):
    code, title = "until-past", "The end lies in the past"
    remedy = "State a later moment or none."


class OwnCredential(Conflict):
    code, title = "own-credential", "Nobody lifts what was put on themselves"
    remedy = "Let another supervisor lift it."


class LiftBySupervisor(Conflict):
    code, title = "lift-by-supervisor", "Only a supervisor unlocks"
    remedy = "Let an officer of the supervision office do it."


class PersonNotFound(NotFound):
    code, title = "person-not-found", "Nobody goes by this name at present"
    remedy = "Log in again and repeat."


class IntroductionInvalid(Conflict):
    code, title = "invalid-introduction", "The introduction is not for this sector, or it has expired"
    remedy = "Ask identity for a new introduction with this department's sector as the receiver, and use it at once."
