"""The refusals of violations, points and reports, each with its stable code; the contract lists them."""

from __future__ import annotations

from onewindow_kit.problems import Conflict, NotFound


class PersonNotFound(NotFound):
    code, title = "person-not-found", "No person fits, or this caller may not learn it"
    remedy = "Check number and name; unknown and wrongly named look the same on purpose."


class ViolationNobody(Conflict):
    code, title = "violation-nobody", "A violation is recorded against a plate or a driver"
    remedy = "State the plate, the driver or both."


class ViolationRecorded(Conflict):
    code, title = "violation-recorded", "A violation with this document number is already recorded"
    remedy = "Check the document number."


class ViolationStateForbids(Conflict):
    code, title = "violation-state-forbids", "The present state of the violation does not allow this"
    remedy = "Read the violation again: its state says what is open."


class PlateUnknown(Conflict):
    code, title = "plate-unknown", "No vehicle carries this plate"
    remedy = "Check plate type and number."


class NotTheOwnerThen(Conflict):
    code, title = "not-the-owner-then", "The vehicle did not belong to its present owner on that day"
    remedy = "Check day and plate, or name the driver."


class NaturalPersonOnly(Conflict):
    code, title = "natural-person-only", "Only natural persons hold licences, take points and enter the lottery"
    remedy = "Name the natural person who drove or applies."


class LicenceNeeded(Conflict):
    code, title = "licence-needed", "Points need a driving licence that they can be given to"
    remedy = "Name who drove, or let the traffic police establish the violation."


class ResponseTooLate(Conflict):
    code, title = "response-too-late", "The term to accept or to object is over"
    remedy = "Turn to the traffic police; the term is the dated parameter transport.violation-response-days."


class TermToAnswerRuns(Conflict):
    code, title = "term-to-answer-runs", "The term to answer has not ended yet"
    remedy = "Wait for its last day, or state the driver who became known."


class NotYoursToAnswer(Conflict):
    code, title = "violation-not-yours-to-answer", "The driver who was named must answer this violation"
    remedy = "The driver accepts it or objects to it."


class DriverAlreadyNamed(Conflict):
    code, title = "driver-already-named", "A driver was already named"
    remedy = "The named driver accepts or objects; if it was a mistake, turn to the traffic police."


class AmountNotDue(Conflict):
    code, title = "amount-not-due", "This is not the amount that is due"
    remedy = "Pay exactly what `due` says: a fine is paid in full, with the surcharge of each day that it is late."


class ObjectionDecided(Conflict):
    code, title = "objection-decided", "An objection to this violation was already decided"
    remedy = "Apply for administrative review or bring an action."


class ObjectionPending(Conflict):
    code, title = "objection-pending", "An objection to this violation is pending"
    remedy = "Decide the objection; its decision annuls or upholds the violation."


class SameUnit(Conflict):
    code, title = "same-unit", "The unit that recorded the violation cannot decide on it"
    remedy = "Let another unit decide."


class SameOfficer(Conflict):
    code, title = "same-officer", "The officer who recorded the violation cannot decide on it"
    remedy = "Let another officer decide."


class ViolationsOpen(Conflict):
    code, title = "violations-open", "Violations of this vehicle are not settled"
    remedy = "Settle them first: each is accepted and paid, or annulled."


class NoPoints(Conflict):
    code, title = "no-points", "There are no points to take off"
    remedy = "Points are taken off only where some count."


class ReductionLimit(Conflict):
    code, title = "reduction-limit", "The cycle allows no further reduction of points"
    remedy = "The dated parameter transport.points-reduction-most says how many; wait for the next cycle."


class PointsStand(Conflict):
    code, title = "points-stand", "Twelve points stand, so the licence comes back only by study and examination"
    remedy = "Decide the case of the matter licence-recovery that the holder applied for; it clears the points."


class StudyTooShort(Conflict):
    code, title = "study-too-short", "The days of study are too few"
    remedy = "The cycle of points says how many days are due (full-study-days)."


class RoadTestRequired(Conflict):
    code, title = "road-test-required", "A road test is due as well"
    remedy = "From the second time on (full-road-test-from) the road test must be passed."


class TooYoung(Conflict):
    code, title = "too-young", "The applicant is younger than the class demands"
    remedy = "Apply from the age that the dated parameter transport.licence-ages says."


class TooOld(Conflict):
    code, title = "too-old", "The applicant is older than the class allows"
    remedy = "Choose another class; the dated parameter transport.licence-ages says which ages it is for."


class PlateNotKept(Conflict):
    code, title = "plate-not-kept", "This plate is not kept for the applicant"
    remedy = (
        "It must have been used for a year and reclaimed within two years after it came off "
        "(plate-use-years, plate-kept-years)."
    )


class CaseOpen(Conflict):
    code, title = "case-open", "A case on the same matter is open"
    remedy = "Wait for its decision, or withdraw it first."


class AnswerIncomplete(Conflict):
    code, title = "answer-incomplete", "The matter asks for more than was stated"
    remedy = "State what `detail` names."


class ReportTooOld(Conflict):
    code, title = "report-too-old", "What is reported lies too far back"
    remedy = "The dated parameter transport.report-window-days says how far back an event may lie."


class ReportDecided(Conflict):
    code, title = "report-decided", "The report was already decided"
    remedy = "Read the report again."


class RulingIncomplete(Conflict):
    code, title = "ruling-incomplete", "A report is upheld with the violation found, and dismissed without one"
    remedy = "State `violation` exactly when the outcome is upheld."
