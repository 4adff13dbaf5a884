"""Refusals of the provident fund: each names the rule it stands for and what mends it."""

from onewindow_kit.problems import Conflict


class OrganisationExpected(Conflict):
    code, title = "organisation-expected", "An employer is an organisation, and this pseudonym is a person's"
    remedy = "Send the organisation's housing pseudonym (it has 'org-' in it)."


class OrganisationUnexpected(Conflict):
    code = "organisation-unexpected"
    title = "Only a person can have an account or inherit one here, and this pseudonym is an organisation's"
    remedy = "Name the person."


class EmployerEnrolledAlready(Conflict):
    code, title = "employer-enrolled-already", "This organisation is enrolled as an employer already"
    remedy = "Use its present record; change rates by setFundRates."


class EmployerNotEnrolled(Conflict):
    code, title = "employer-not-enrolled", "No employer is enrolled under this code"
    remedy = "Enrol the employer first (operation enrolEmployer)."


class RateOutOfBounds(Conflict):
    code, title = "fund-rate-out-of-bounds", "A rate of contribution lies outside the statutory bounds"
    remedy = (
        "Choose whole percents between the parameters 'housing.fund-rate-minimum' and "
        "'housing.fund-rate-maximum' of the day."
    )


class AccountOpen(Conflict):
    code, title = "fund-account-open", "The person has an open account, and nobody has two"
    remedy = "The present employer reports the departure first."


class AccountSealed(Conflict):
    code, title = "fund-account-sealed", "The account is sealed since the person left the employer"
    remedy = "Only months in arrears can be paid; the new employer enrols the person first."


class AccountClosed(Conflict):
    code, title = "fund-account-closed", "The account is closed for good and takes nothing"
    remedy = "Check which account is meant; a closed one is not opened again."


class AccountNotSealed(Conflict):
    code, title = "fund-account-not-sealed", "An account that is paid for cannot be transferred to another city"
    remedy = "The employer reports the departure first."


class NotEmployedHere(Conflict):
    code, title = "not-employed-here", "This employer pays for nobody of this number"
    remedy = "Check the number, or enrol the employee first."


class NotSelfEmployed(Conflict):
    code, title = "not-self-employed", "An employer pays for this account"
    remedy = "Ask the employer; months in arrears are the employer's to pay."


class SelfEmployedNotAdmitted(Conflict):
    code, title = "self-employed-not-admitted", "Self-employed people could not join on this day"
    remedy = "The parameter 'housing.fund-self-employed' says from when (Order 844: 20 September 2026)."


class ContributionRepeated(Conflict):
    code, title = "contribution-repeated", "This month is paid already, or the list names the person twice"
    remedy = "Name each person once for a month that is not paid."


class ContributionAmountWrong(Conflict):
    code, title = "contribution-amount-wrong", "The amount is not what base and rates give"
    remedy = "Both parts are base times rate, each rounded half up to the fen, and sent as one sum."


class ContributionListRefused(Conflict):
    code, title = "contribution-list-refused", "Lines of the list are wrong, so nothing of it was booked"
    remedy = "Mend the lines named in 'errors' and send the whole list with a new Idempotency-Key."


class MonthInFuture(Conflict):
    code, title = "month-in-future", "A month that has not begun cannot be paid for"
    remedy = "Send the present month or an earlier one."


class MonthBeforeAccount(Conflict):
    code, title = "month-before-account", "The month lies before the employer began to pay for this person"
    remedy = "Check the month; earlier ones belong to another employer."


class WageMissing(Conflict):
    code, title = "wage-missing", "The person has no account yet, and the line has no wage to open one with"
    remedy = "Add last year's average monthly wage."


class BalanceTooSmall(Conflict):
    code, title = "balance-too-small", "The balance is smaller than the amount, and a ledger is never negative"
    remedy = "Ask for at most the balance."


class BalanceOutOfRange(Conflict):
    code, title = "balance-out-of-range", "The balance would leave the range of money"
    remedy = "Check the amount."


class WithdrawalPending(Conflict):
    code, title = "withdrawal-pending", "Another application of this account awaits its decision"
    remedy = "Wait for the decision, or withdraw that application first."


class ReasonNotInForce(Conflict):
    code, title = "reason-not-in-force", "On the day of the application this was no reason to withdraw"
    remedy = (
        "The parameter 'housing.fund-withdrawal-reasons' lists the reasons by day; apply on a day on which it holds."
    )


class EvidenceMissing(Conflict):
    code, title = "evidence-missing", "No register here knows what the reason rests on, and no paper is named"
    remedy = "Name issuer and number of the paper in 'evidence'."


class AmountMissing(Conflict):
    code, title = "amount-missing", "This reason needs an amount"
    remedy = "Send 'amount_fen'."


class AmountUnexpected(Conflict):
    code, title = "amount-unexpected", "This reason closes the account and pays out all of it"
    remedy = "Leave 'amount_fen' out."


class RentBelowShare(Conflict):
    code = "rent-below-share"
    title = "The rent does not exceed the statutory part of the household's income, or one of the two is not stated"
    remedy = "Send rent and income; the parameter 'housing.fund-rent-income-share' holds on the day of the application."


class HomeOwned(Conflict):
    code, title = "home-owned", "The register knows a home of the person in this city"
    remedy = "Rent is a reason for people without a home here (parameter 'housing.fund-rent-without-home')."


class MonthsMissing(Conflict):
    code, title = "months-missing", "Too few months have been paid without a gap"
    remedy = "The parameters 'housing.fund-rent-months' and 'housing.fund-loan-months' say how many are needed."


class YearLimitExceeded(Conflict):
    code, title = "year-limit-exceeded", "The year's withdrawals for this reason would exceed their limit"
    remedy = (
        "Ask for what is left; see the parameters 'housing.fund-rent-year-limit' and 'housing.fund-fees-year-limit'."
    )


class PriceExceeded(Conflict):
    code, title = "price-exceeded", "The amount exceeds the price of the home as registered"
    remedy = "Ask for at most the price."


class LoanOpen(Conflict):
    code, title = "loan-open", "A loan of the fund is not paid back yet"
    remedy = "Repay it first (operation repayLoan)."


class LoanPending(Conflict):
    code, title = "loan-pending", "Another application for a loan awaits its decision"
    remedy = "Wait for the decision, or withdraw that application first."


class LoanLimitExceeded(Conflict):
    code, title = "loan-limit-exceeded", "The loan is larger than the limit of the day or the multiple of the balance"
    remedy = "See the parameters 'housing.fund-loan-limit' and 'housing.fund-loan-multiple'."


class LoanTermTooLong(Conflict):
    code, title = "loan-term-too-long", "The term is longer than the law allows"
    remedy = "See the parameter 'housing.fund-loan-term'."


class LoanRepaid(Conflict):
    code, title = "loan-repaid", "The loan is paid back"
    remedy = "Nothing is owed any more."


class RepaymentTooLarge(Conflict):
    code, title = "repayment-too-large", "The amount is more than principal and interest together"
    remedy = "Pay at most what is owed on the day."


class RepaymentBelowInterest(Conflict):
    code, title = "repayment-below-interest", "The amount does not cover the interest up to the day"
    remedy = "Pay at least the interest."


class TransferCertificateUsed(Conflict):
    code, title = "transfer-certificate-used", "A transfer under this certificate number is in the books"
    remedy = "Check the number; each certificate counts once."


class HolderNotDead(Conflict):
    code, title = "holder-not-dead", "Identity has not told of the account holder's death"
    remedy = "The death is declared at the population office; its notice opens the inheritance here."


class HeirRepeated(Conflict):
    code, title = "heir-repeated", "An heir is named twice, or is the dead person"
    remedy = "Name each heir once, with the whole part."


class SplitShort(Conflict):
    code, title = "split-short", "The assignment would leave the other person's ledger negative"
    remedy = "Assign the withdrawals to whoever received them."
