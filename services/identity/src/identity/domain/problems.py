"""What the population register refuses, by its own codes. No text here may hold a number, a name or an address."""

from __future__ import annotations

from onewindow_kit.problems import Conflict, NotFound


class PersonNotFound(NotFound):
    """Unknown person, wrong name, another sector's pseudonym and not permitted look the same from outside."""

    code, title = "person-not-found", "No person answers to this"
    remedy = "Check number and name together; a person whom this credential may not ask about looks the same as nobody."


class InvalidNumber(Conflict):
    code, title = "invalid-number", "The identification number is not one of its scheme"
    remedy = "Check length, the date inside and the check digit against the person's document."


class UnknownScheme(Conflict):
    code, title = "unknown-scheme", "This identification scheme is not installed"
    remedy = "Use one of the schemes listed at /v1/schemes."


class SchemeNotAssignable(Conflict):
    code, title = "scheme-not-assignable", "Numbers of this scheme are not assigned here"
    remedy = "Enter the number that the scheme's own issuer gave out."


class NumberMismatch(Conflict):
    code, title = "number-mismatch", "The number says another birth date or sex than the person's record"
    remedy = "Correct the record first, or enter the number on the document."


class NumberSpaceExhausted(Conflict):
    code, title = "number-space-exhausted", "Every number for this division, birth date and sex is taken"
    remedy = "Assign the number under another division."


class NumberNotContested(Conflict):
    code, title = "number-not-contested", "This conflict of numbers is decided already"
    remedy = "Read the case again."


class DateInFuture(Conflict):
    code, title = "date-in-future", "The day lies in the future"
    remedy = "Enter the day on which it happened."


class DateOutOfOrder(Conflict):
    code, title = "date-out-of-order", "The day lies before another that must come first"
    remedy = "Check the days against the person's record."


class UnknownDivision(Conflict):
    code, title = "unknown-division", "This administrative division does not exist or is not a district or county"
    remedy = "Use a six-digit code of the code list 'divisions' at district level."


class DivisionOutsideJurisdiction(Conflict):
    code, title = "division-outside-jurisdiction", "The office does not keep registers in this division"
    remedy = "Ask the office of that division; a move there ends with its receipt."


class UnknownCode(Conflict):
    code, title = "unknown-code", "A code is not in its code list"
    remedy = "Use a code of the list that the contract names for this property."


class PersonIsDead(Conflict):
    code, title = "person-is-dead", "The person is registered as dead"
    remedy = "If the person lives, register the return as a late registration with the court's judgment."


class NotRegistered(Conflict):
    code, title = "not-registered", "The person has no permanent registration here"
    remedy = "Read the person's standing: it states the reason."


class AlreadyRegistered(Conflict):
    code, title = "already-registered", "The person has a permanent registration already"
    remedy = "A person is in one register: move the person instead of registering again."


class ParentRequired(Conflict):
    code, title = "parent-required", "A birth names at least one parent"
    remedy = "A child whose parents are unknown is registered as a late registration of the category 'other'."


class NotAParentsRegister(Conflict):
    code, title = "not-a-parents-register", "The birth is not declared at a register of either parent"
    remedy = "Name the household in which the mother or the father is registered."


class EvidenceMissing(Conflict):
    code, title = "evidence-missing", "The evidence for this category is not complete"
    remedy = (
        "Hand in one of the sets of evidence that the code list 'identity.late-registration-categories' names for it."
    )


class EvidenceNotAdmitted(Conflict):
    code, title = "evidence-not-admitted", "This kind of evidence is not asked for"
    remedy = "Leave it out: no registration depends on proof of birth policy or of anything else not listed."


class PersonRequired(Conflict):
    code, title = "person-required", "This category restores a person who is known already"
    remedy = "Look the person up and name the pseudonym."


class NothingChanges(Conflict):
    code, title = "nothing-changes", "The record says so already"
    remedy = "Read the record again."


class SecondOfficerRequired(Conflict):
    code, title = "second-officer-required", "A correction is confirmed by another officer than the one who proposed it"
    remedy = "Have a second officer confirm it."


class CorrectionDecided(Conflict):
    code, title = "correction-decided", "This correction was decided already, or its ground has changed"
    remedy = "Read the person again and propose anew."


class HeadRequired(Conflict):
    code, title = "head-required", "The household loses its head and no other member is named"
    remedy = "Name a remaining member as the new head in the same command."


class NotAMember(Conflict):
    code, title = "not-a-member", "The person is not a member of this household"
    remedy = "Read the household and name one of its members."


class HeadExists(Conflict):
    code, title = "head-exists", "The household has a head, or its first member must be the head"
    remedy = "Enter the member with the relationship to the present head; the first member's code is 02."


class HouseholdClosed(Conflict):
    code, title = "household-closed", "The household register is closed"
    remedy = "Open a new register or name another."


class MoveNotPossible(Conflict):
    code, title = "move-not-possible", "The move is not at the step that this needs"
    remedy = "A move is requested or permitted, then certified, then ended by arrival; read it for its present step."


class MoveOpen(Conflict):
    code, title = "move-open", "The person has an open move already"
    remedy = "End or withdraw the open move first."


class CertificateExpired(Conflict):
    code, title = "certificate-expired", "The move-out certificate has expired and the losing register is open again"
    remedy = "Ask for a new permission."


class CardNotPossible(Conflict):
    code, title = "card-not-possible", "No identity card can be issued for this person"
    remedy = "A card needs a living person with a current number of the country's own scheme and a standing here."


class CardNotValid(Conflict):
    code, title = "card-not-valid", "There is no valid card of which this could be said"
    remedy = "Read the person's cards."


class CardHeld(Conflict):
    code, title = "card-held", "The person holds a valid card"
    remedy = "State why it is replaced: renewal, damage, loss or a changed entry."


class KinshipNotPossible(Conflict):
    code, title = "kinship-not-possible", "This kinship contradicts what is recorded"
    remedy = "Check the persons, their roles and the kinship records that are in force."


class UnknownSector(Conflict):
    code, title = "unknown-sector", "There is no such sector"
    remedy = "Use the sector of an authority of this instance."


class VerifierUnavailable(Conflict):
    code, title = "verifier-not-installed", "Bank cards can't be checked in this installation"
    remedy = "Check number and name only, or install a verifier (ONEWINDOW_BANK_VERIFIER_URL)."


class InvalidValue(Conflict):
    code, title = "invalid-value", "The value does not fit this entry"
    remedy = "Write it as the person record has it."


class NotAdmissible(Conflict):
    code, title = "not-admissible", "The person's standing does not allow an entry"
    remedy = "A foreign person needs nationality first; read the person's standing."


class EntriesDiffer(Conflict):
    code, title = "entries-differ", "The entries differ from the known person's record"
    remedy = "Correct the record first, or repeat what it says."


class PlaceRequired(Conflict):
    code, title = "place-required", "It is not said where"
    remedy = "Name one: a household, a register to open, a receipt, or a division."


class IssuerElsewhere(NotFound):
    code, title = "issuer-elsewhere", "This instance has another issuer"
    remedy = "Use the issuer that the setting ONEWINDOW_ISSUER names."
