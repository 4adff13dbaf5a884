"""Refusals of the housing registry: each names the rule it stands for and what mends it."""

from onewindow_kit.problems import Conflict, NotFound


class UnitAlreadyRegistered(Conflict):
    code, title = "unit-already-registered", "A title for this real-estate unit is already in force"
    remedy = "Look the title up by its unit code; change it by a transfer, a variation or a correction."


class DivisionUnknown(Conflict):
    code, title = "division-unknown", "The unit code begins with a division that does not exist"
    remedy = "The first six digits are a county-level division of GB/T 2260; see the code list 'divisions'."


class ForeignPseudonym(Conflict):
    code, title = "foreign-pseudonym", "A person is named by another sector's pseudonym"
    remedy = "Ask identity for the person's housing pseudonym (POST /v1/pseudonyms) and send that one."


class PersonDead(Conflict):
    code, title = "person-dead", "A person who is to acquire a right is registered as dead"
    remedy = "Register the heirs instead."


class OwnershipMismatch(Conflict):
    code, title = "ownership-mismatch", "Owners and shares do not fit the form of ownership"
    remedy = "Sole: one owner; joint: two or more without shares; by shares: two or more, each with a share."


class OwnerRepeated(Conflict):
    code, title = "owner-repeated", "The same owner is named twice"
    remedy = "Name each owner once, with the whole of the owner's share."


class SharesDoNotSum(Conflict):
    code, title = "shares-do-not-sum", "The shares do not add up exactly"
    remedy = "A title's shares add up to 1/1; parts of a share add up to the share that is handed over."


class ShareTooFine(Conflict):
    code, title = "share-too-fine", "A share would need a denominator of more than six digits"
    remedy = "Agree on shares with a smaller common denominator and register those."


class NotAnOwner(Conflict):
    code, title = "not-an-owner", "A person named as a present owner does not own this title"
    remedy = "Read the title again; consents and shares can come only from its present owners."


class ConsentMissing(Conflict):
    code, title = "consent-missing", "Too few owners consent"
    remedy = "Joint owners must all consent, owners by shares with at least two thirds of the shares."


class FirstRefusalOpen(Conflict):
    code, title = "first-refusal-open", "The other owners' right of first refusal has not ended"
    remedy = "Wait until the period since they were notified has passed, or name the owners who waived it."


class Frozen(Conflict):
    code, title = "frozen", "A freeze is in force on this title"
    remedy = "The authority that ordered the freeze must lift it first."


class FreezeTooLong(Conflict):
    code, title = "freeze-too-long", "The freeze would last longer than the law allows"
    remedy = "Choose an end within the longest period (parameter 'housing.freeze-years')."


class OwnerDead(Conflict):
    code, title = "owner-dead", "An owner is registered as dead, so nobody can dispose of this title"
    remedy = "Register the heirs first (operation succeedToTitle)."


class OwnerNotDead(Conflict):
    code, title = "owner-not-dead", "Identity has not told of this owner's death"
    remedy = "The death is declared at the population office; its notice opens the succession here."


class SurvivorLeftOut(Conflict):
    code, title = "survivor-left-out", "A surviving joint owner is missing among the new owners"
    remedy = "Name every surviving joint owner and every heir, with the form of ownership they agreed on."


class MortgageeConsentMissing(Conflict):
    code, title = "mortgagee-consent-missing", "A no-transfer clause is registered and its mortgagee has not consented"
    remedy = "Send the mortgage's URN in 'mortgagee_consents' when the mortgagee has consented in writing."


class Mortgaged(Conflict):
    code, title = "mortgaged", "A mortgage is in force on this title"
    remedy = "Cancel the mortgage first."


class RecordEnded(Conflict):
    code, title = "record-ended", "This record has ended and cannot change any more"
    remedy = "Look up the record that took its place."


class DateInFuture(Conflict):
    code, title = "date-in-future", "A day lies in the future"
    remedy = "Send the day on which it happened."


class DatesOutOfOrder(Conflict):
    code, title = "dates-out-of-order", "A period ends before it begins"
    remedy = "Check both days."


class EffectiveOnEntry(Conflict):
    code, title = "effective-on-entry", "This cause takes effect on entry in the register"
    remedy = "Leave 'effective_on' out; only judgments and inheritance take effect earlier."


class EffectiveDayMissing(Conflict):
    code, title = "effective-day-missing", "A judgment takes effect on a day of its own"
    remedy = "Send the day on which the judgment became final as 'effective_on'."


class NothingChanged(Conflict):
    code, title = "nothing-changed", "The register already says this"
    remedy = "Send at least one property with a new value."


class ReleaseUnknown(Conflict):
    code, title = "release-unknown", "The mortgagee has not released this mortgage under this number"
    remedy = "Check the release number that the mortgagee gave you, or ask the mortgagee to release the mortgage."


class AlreadyReleased(Conflict):
    code, title = "already-released", "The mortgagee has already released this mortgage"
    remedy = "The owner can apply for its cancellation with the release number."


class PurposeRequired(Conflict):
    status = 403
    code, title = "purpose-required", "Looking into the register needs a purpose"
    remedy = "Ask the issuer for a token with a 'purpose' that contracts/purposes lists for your authority."


class UseUnknown(Conflict):
    code, title = "use-unknown", "The use is not in the code list"
    remedy = "Send a code of the code list 'housing.uses'."


class CertificateSuperseded(Conflict):
    code, title = "certificate-superseded", "The title has changed since this certificate was issued"
    remedy = "Issue a new certificate."


class CauseUnknown(Conflict):
    code, title = "cause-unknown", "The cause is not in the code list"
    remedy = "Send a code of the code list 'housing.causes'."


class TitleDisputed(Conflict):
    code, title = "title-disputed", "A court has not yet decided who owns this title"
    remedy = "Wait until the dispute is decided or the objection has ended."


class AdvanceNoticeInForce(Conflict):
    code, title = "advance-notice-in-force", "An advance notice for somebody else is in force on this title"
    remedy = "Get the beneficiary's consent and send the notice's URN in 'notice_consents', or wait for its end."


class ResidenceRightInForce(Conflict):
    code, title = "residence-right-in-force", "Somebody has a residence right in this unit"
    remedy = "Cancel the residence right first."


class ObjectionLapsed(Conflict):
    code, title = "objection-lapsed", "The objection has lapsed because no suit was brought in time"
    remedy = "Go by the court's order, or apply for a new objection."


class SuitAlreadyNoted(Conflict):
    code, title = "suit-already-noted", "A suit is already noted on this objection"
    remedy = "Wait for the judgment and enter its result."


class AlreadyRegistrable(Conflict):
    code, title = "already-registrable", "The day from which the right can be registered is already noted"
    remedy = "The term runs from that day; nothing more needs to be noted."


class OfferClosed(Conflict):
    code, title = "offer-closed", "The time to use this first refusal is over"
    remedy = "Read the case; the answers given in time have decided it."


class NotADwelling(Conflict):
    code, title = "not-a-dwelling", "A residence right needs a dwelling"
    remedy = "Check the unit's use; the uses that are dwellings stand in parameter 'housing.dwelling-uses'."


class NaturalPersonRequired(Conflict):
    code, title = "natural-person-required", "Only a human being can have this right"
    remedy = "Name a natural person."


class OrganisationRequired(Conflict):
    code, title = "organisation-required", "Only an organisation can take this part"
    remedy = "Name an organisation by its unified social credit code."


class HeirsRemain(Conflict):
    code, title = "heirs-remain", "An inheritance case of this title is still open"
    remedy = "Decide that case first; the state takes only what no heir takes."


class PartyNamedTwice(Conflict):
    code, title = "party-named-twice", "Somebody is named twice in this application"
    remedy = "Name each person once; the applicant is not another party."


class PersonNotFound(NotFound):
    code, title = "person-not-found", "Nobody fits what was sent"
    remedy = "Check number and name with the other party; unknown, wrong and not permitted look the same."


class IntroductionInvalid(Conflict):
    code, title = "invalid-introduction", "The introduction is not for housing, or it has expired"
    remedy = "Get a new introduction with housing as the receiver and use it at once."


class AssignmentIncomplete(Conflict):
    code, title = "assignment-incomplete", "Not every record of this case was assigned once"
    remedy = "Assign each record in the case's 'concerns' exactly once."
