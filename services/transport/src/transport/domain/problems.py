"""The refusals of transport, each with its stable code; the contract lists them (``x-problem-catalogue``)."""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class LicenceExists(Conflict):
    code, title = "licence-exists", "This person already holds a driving licence"
    remedy = "Add classes to the existing licence; a person has one."


class HolderBarred(Conflict):
    code, title = "holder-barred", "A revoked or annulled licence bars this person from a new one for now"
    remedy = "Apply again after the bar has ended; a bar for life does not end."


class HolderDeceased(Conflict):
    code, title = "holder-deceased", "The population office has reported this person's death"
    remedy = (
        "If the report is wrong, have the population office correct it; otherwise the estate acts through its heirs."
    )


class FileNumberTaken(Conflict):
    code, title = "file-number-taken", "Another licence is kept under this file number"
    remedy = "Check the file number against the paper file."


class LicenceStateForbids(Conflict):
    code, title = "licence-state-forbids", "The licence's present state does not allow this"
    remedy = "Read the licence again: its state says which decisions are open."


class RenewalTooEarly(Conflict):
    code, title = "renewal-too-early", "The renewal window has not opened yet"
    remedy = "Renew within the window before the licence expires."


class RenewalNotNeeded(Conflict):
    code, title = "renewal-not-needed", "This licence is valid without limit"
    remedy = "Nothing has to be renewed; a lost card is replaced by the office."


class LicenceLapsed(Conflict):
    code, title = "licence-lapsed", "The licence expired so long ago that it is cancelled instead of renewed"
    remedy = "Cancel it for late renewal; it can be restored by examination within the period that the law allows."


class NotYetLapsed(Conflict):
    code, title = "not-yet-lapsed", "The licence has not been expired long enough to be cancelled for that"
    remedy = "Renew it; cancellation for late renewal waits for the end of the period of grace."


class TermOutOfBounds(Conflict):
    code, title = "term-out-of-bounds", "The term is shorter or longer than the law allows"
    remedy = "Choose a term within the bounds of the dated parameter."


class TermNotOver(Conflict):
    code, title = "term-not-over", "The suspension has not ended yet"
    remedy = "Wait for its last day, or state that a remedy overturned the decision."


class ExaminationRequired(Conflict):
    code, title = "examination-required", "The licence comes back only after an examination"
    remedy = "Pass the examination and state its day."


class RecoveryPeriodOver(Conflict):
    code, title = "recovery-period-over", "A cancelled licence can no longer be restored"
    remedy = "Apply for a first licence."


class ClassesUnchanged(Conflict):
    code, title = "classes-unchanged", "The licence already has exactly these classes"
    remedy = "State the classes that the licence shall have from now on."


class DateOutOfRange(Conflict):
    code, title = "date-out-of-range", "A day lies in the future or before the record could exist"
    remedy = "State the day on which it happened in law, not later than today."


class VinTaken(Conflict):
    code, title = "vin-taken", "A vehicle with this identification number is already registered"
    remedy = "Transfer the registered vehicle instead of registering it again."


class PlateFormat(Conflict):
    code, title = "plate-format", "The plate does not have the form of its type"
    remedy = "Check plate type and number against GA 36; new-energy plates have eight characters."


class PlateOtherOffice(Conflict):
    code, title = "plate-other-office", "This office does not issue plates with this prefix"
    remedy = "Choose a number with the office's own prefix, or let the office assign one."


class PlateTaken(Conflict):
    code, title = "plate-taken", "The plate is on another vehicle or kept for its former user"
    remedy = "Choose another number, or let the office assign one."


class VehicleFrozen(Conflict):
    code, title = "vehicle-frozen", "A court or authority has frozen this vehicle"
    remedy = "Have the freeze lifted by the authority that ordered it."


class VehicleMortgaged(Conflict):
    code, title = "vehicle-mortgaged", "A mortgage stands on this vehicle"
    remedy = "Discharge the mortgage first."


class MortgageeMustJoin(Conflict):
    code, title = "mortgagee-must-join", "A transfer of a mortgaged vehicle needs its mortgagees"
    remedy = "State every mortgagee's consent with its day."


class SameOwner(Conflict):
    code, title = "same-owner", "The new owner already owns this vehicle"
    remedy = "Name another person as the new owner."


class VehicleStateForbids(Conflict):
    code, title = "vehicle-state-forbids", "The vehicle is not registered any more"
    remedy = "Read the vehicle again: a deregistered vehicle takes no further commands."


class MarkNotFound(Conflict):
    code, title = "mark-not-found", "There is no such mortgage or freeze on this vehicle"
    remedy = "Read the vehicle again: its marks list their ids."


class VehicleNotOwned(Conflict):
    code, title = "vehicle-not-owned", "The applicant owns no registered vehicle with this record"
    remedy = "Apply for a vehicle that is registered in your own name."


class VehicleHasNoPlate(Conflict):
    code, title = "vehicle-has-no-plate", "The vehicle has no plate"
    remedy = "Have a plate assigned first."


class NotResident(Conflict):
    code, title = "not-resident", "The applicant has no registered address in this zone"
    remedy = "Apply in the zone of your registered address; after a move, once the population office has registered it."


class UnknownZone(Conflict):
    code, title = "unknown-zone", "There is no such parking zone"
    remedy = "Choose a zone from the code list parking-zones."


class QuotaReached(Conflict):
    code, title = "quota-reached", "The household already has as many permits as the zone allows"
    remedy = "Withdraw a permit that the household no longer needs, or wait until one ends."


class PermitExists(Conflict):
    code, title = "permit-exists", "An application or permit for this vehicle already exists"
    remedy = "Withdraw it first, or wait for the decision."


class PermitStateForbids(Conflict):
    code, title = "permit-state-forbids", "The permit's present state does not allow this"
    remedy = "Read the permit again: only an application is decided, only a live one is withdrawn or ended."


class PlatesExhausted(Conflict):
    code, title = "plates-exhausted", "The office found no free number of this type"
    remedy = "Choose a number, or have a new range opened for this plate type."


class TooManyMarks(Conflict):
    code, title = "too-many-marks", "The vehicle already bears as many mortgages or freezes as a record can hold"
    remedy = "Remove marks that no longer stand."


class UnknownCode(Conflict):
    code, title = "unknown-code", "A code is not in its code list"
    remedy = "Choose a code from the list that the contract names (x-codelist)."
