"""What the register refuses of lives: stays and permits, marriage, adoption, guardianship, applications.

Each names the rule: the parameter that holds its number and the article that sets it.
"""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class StayNotAdmissible(Conflict):
    code, title = "stay-not-admissible", "A stay is registered for who has the permanent registration elsewhere"
    remedy = "Who is registered in this city lives by the register; read the person's standing (residence permit regulations 2)."


class StayEnded(Conflict):
    code, title = "stay-ended", "This stay has ended"
    remedy = "Read the person's present stay."


class StayRequired(Conflict):
    code, title = "stay-required", "A residence permit needs a registered stay"
    remedy = "Register the stay first (residence permit regulations 2)."


class StayTooShort(Conflict):
    code, title = "stay-too-short", "The registered stay has not lasted as long as a residence permit needs"
    remedy = (
        "Apply when the stay has lasted the months of identity.permit-stay-months (residence permit regulations 2)."
    )


class PermitHeld(Conflict):
    code, title = "permit-held", "The person holds a residence permit"
    remedy = "Endorse the one that is held, late if need be."


class PermitEnded(Conflict):
    code, title = "permit-ended", "This residence permit has ended"
    remedy = "Apply for another one."


class EndorsementTooEarly(Conflict):
    code, title = "endorsement-too-early", "It is too early to endorse the residence permit"
    remedy = "Endorse it in the last months before it is due, as many as identity.permit-endorsement-window-months says (residence permit regulations 10)."


class RenewalTooEarly(Conflict):
    code, title = "renewal-too-early", "It is too early to renew the identity card"
    remedy = (
        "Renew it in the last months of its term, as many as identity.card-renewal-months says (identity card law 11)."
    )


class CaseOpen(Conflict):
    code, title = "case-open", "The same is being decided already"
    remedy = "Wait for the decision of the open case, or withdraw it first."


class MinorActsThroughGuardian(Conflict):
    code, title = "minor-acts-through-guardian", "A minor asks for this through a guardian"
    remedy = "Have a guardian come to the office: of age is who has reached identity.majority-age (Civil Code 17, 19)."


class AlreadyMarried(Conflict):
    code, title = "already-married", "One of the two is married already"
    remedy = "Nobody is married twice: the marriage before ends first (Civil Code 1041, 1042, 1051)."


class MarriageAge(Conflict):
    code, title = "marriage-age", "One of the two has not reached the age of marriage"
    remedy = (
        "The ages for men and women on the day of the marriage are those of identity.marriage-age (Civil Code 1047)."
    )


class MarriageParties(Conflict):
    code, title = "marriage-parties", "A marriage is between a man and a woman"
    remedy = "Correct the sex as registered if it is wrong (Civil Code 1046)."


class CloseKin(Conflict):
    code, title = "close-kin", "The two are related in a straight line or too closely"
    remedy = "Common ancestors within identity.marriage-kin-generations, and those of whom one descends from the other, exclude it (Civil Code 1048)."


class KinshipEnded(Conflict):
    code, title = "kinship-ended", "This kinship has ended"
    remedy = "Read what ended it."


class CoolingOff(Conflict):
    code, title = "cooling-off", "The days of cooling off have not passed"
    remedy = "Register the divorce when the days of identity.divorce-cooling-days have passed since the application (Civil Code 1077)."


class CertificateTermOver(Conflict):
    code, title = "divorce-term-over", "The divorce was not registered in the days after the cooling-off"
    remedy = "It counts as taken back (identity.divorce-certificate-days): apply anew (Civil Code 1077)."


class ParentsComplete(Conflict):
    code, title = "parents-complete", "Both parents are registered already"
    remedy = "Correct or end the parentage that is wrong first."


class GuardianUnfit(Conflict):
    code, title = "guardian-unfit", "A guardian is alive and of age"
    remedy = "Name somebody who has reached identity.majority-age (Civil Code 27, 28)."


class AdopterTooYoung(Conflict):
    code, title = "adopter-too-young", "An adopter has not reached the age of adopters"
    remedy = "The age is that of identity.adopter-age on the day of the adoption (Civil Code 1098)."


class AdopteeOfAge(Conflict):
    code, title = "adoptee-of-age", "The child is too old to be adopted"
    remedy = "Children below the age of identity.adoptee-below-age can be adopted (Civil Code 1093)."


class AdoptionAgeGap(Conflict):
    code, title = "adoption-age-gap", "Who adopts alone a child of the other sex is not enough years older"
    remedy = "The years are those of identity.adoption-age-gap on that day (Civil Code 1102)."


class AdoptersNotMarried(Conflict):
    code, title = (
        "adopters-not-married",
        "Two adopt a child only as a married couple, and a married person with the spouse",
    )
    remedy = "Let husband and wife adopt together (Civil Code 1101)."
