"""More people with a name: lives that took a turn, work and its fund, points, an application that is open."""

from datetime import date, timedelta

from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.naming import DISTRICT, alone, name
from onewindow_local.sample.people import FEMALE, MALE, Person, Stay
from onewindow_local.sample.population import DAUGHTER, HEAD, SON
from onewindow_local.sample.traffic import Licence

YEARS_IN_THE_FUND = 10
CYCLE_BEGAN = 150
"""Days ago, for those whose points are told."""


def residents(city: City, dead: Person) -> list[Resident]:
    """Each household with what it owns; `dead` has left a flat behind."""
    return [
        _employer(city),
        _fund_years(city),
        _divorced(city),
        _heir(city, dead),
        _points(city),
        _twelve_points(city),
        _newcomer(city),
        _lottery(city),
        _asking(city),
    ]


def _employer(city: City) -> Resident:
    home, person = alone(city, 46, FEMALE)
    name(
        person,
        "employer",
        "46, represents a firm that employs people, pays into their fund and owns a van and an office: --for firm.",
        "46 岁，一家企业的法定代表人：企业为职工缴存公积金，名下有车和办公用房（--for firm）。",
    )
    firm = city.work.found(person)
    firm.ref, firm.employer_rate, firm.employee_rate = "firm", 12, 12
    firm.sentence = (
        "A firm: employs people, owns a van and an office; its window opens for who represents it (employer)."
    )
    licence = city.traffic.licence(person)
    van, office = city.traffic.car(home, licence), city.homes.home(home, [(person, None)])
    van.owner, van.permit_zone, van.mortgagee = firm, None, None
    office.owners, office.mortgage = [(firm, None)], None
    return Resident(home, [office], [licence], [van], [city.work.job(person, firm)])


def _fund_years(city: City) -> Resident:
    home, person = alone(city, 44, MALE)
    name(
        person,
        "fund-years",
        "44, ten years in the provident fund, every month on file; owns a flat with a mortgage.",
        "44 岁，缴存住房公积金十年，逐月有账；名下房屋设有抵押。",
    )
    flat = city.homes.home(home, [(person, None)])
    flat.mortgage = flat.mortgage or city.homes.mortgage(flat)
    job = city.work.job(person, city.work.firms[0], years=YEARS_IN_THE_FUND)
    return Resident(home, [flat], [], [], [job])


def _divorced(city: City) -> Resident:
    population = city.population
    home = population.home(division=DISTRICT)
    husband, wife = population.couple(38)
    child = population.child(husband, wife, 7)
    wife.divorced_on = city.on - timedelta(days=500)
    home.members += [(husband, "99"), (wife, HEAD), (child, SON if child.sex == MALE else DAUGHTER)]
    name(
        wife,
        "divorced",
        "Divorced a year and a half ago; the flat is hers and the child's guardian she is with the father.",
        "一年半前离婚；房屋归其所有，与孩子父亲同为监护人。",
    )
    name(
        husband,
        "divorced-father",
        "Her former husband: still entered in the register, the marriage ended.",
        "其前夫：户口尚未迁出，婚姻关系已解除。",
    )
    return Resident(home, [city.homes.home(home, [(wife, None)])], [], [])


def _heir(city: City, dead: Person) -> Resident:
    home, daughter = alone(city, 50, FEMALE)
    daughter.father, daughter.name = dead, dead.name[0] + daughter.name[1:]
    name(
        daughter,
        "heir",
        "50, daughter of the dead man: has applied for his flat, the registry has not decided yet.",
        "50 岁，逝者之女：已申请继承其房屋，登记机构尚未决定。",
    )
    return Resident(home, [], [city.traffic.licence(daughter)], [])


def _points(city: City) -> Resident:
    home, driver = alone(city, 35, MALE)
    name(
        driver,
        "points",
        "35, nine points in this cycle: a red light and the telephone; one fine is not paid.",
        "35 岁，本记分周期已记 9 分：闯红灯、开车打电话；一笔罚款未缴。",
    )
    licence = _licence(city, driver)
    car = city.traffic.car(home, licence)
    car.registered_on = min(car.registered_on, licence.first_issued_on + timedelta(days=30))
    violation = city.traffic.violation
    found = [
        violation(car, "red-light", city.day - timedelta(days=120), paid=True),
        violation(car, "phone", city.day - timedelta(days=70), paid=True),
        violation(car, "parking", city.day - timedelta(days=6), paid=False),
    ]
    return Resident(home, [], [licence], [car], [], found)


def _twelve_points(city: City) -> Resident:
    home, driver = alone(city, 28, MALE)
    name(
        driver,
        "twelve-points",
        "28, twelve points: the licence is kept back until seven days of study and an exam are behind him.",
        "28 岁，记满 12 分：驾驶证被扣留，须学习七日并考试合格。",
    )
    licence = _licence(city, driver)
    car = city.traffic.car(home, licence)
    car.registered_on = min(car.registered_on, licence.first_issued_on + timedelta(days=30))
    violation = city.traffic.violation
    found = [violation(car, "red-light", city.day - timedelta(days=days), paid=True) for days in (110, 75)]
    return Resident(home, [], [licence], [car], [], found)


def _newcomer(city: City) -> Resident:
    home, person = alone(city, 27, FEMALE)
    name(
        person,
        "residence-permit",
        "27, from elsewhere, has lived here for three years with a residence permit; works and pays into the fund.",
        "27 岁，外地户籍，持居住证在本市居住三年；有工作并缴存公积金。",
    )
    since = _years_before(city.day, 3) - timedelta(days=40)
    granted = since + timedelta(days=190)
    endorsed = _years_before(granted, -((city.day - granted).days // 366))
    person.standing, home.code = "elsewhere", ""
    person.stay = Stay(home.division, home.address, since, "job", granted, endorsed)
    return Resident(home, [], [], [], [city.work.job(person, city.work.firms[0])])


def _lottery(city: City) -> Resident:
    home, person = alone(city, 31, FEMALE)
    name(
        person,
        "lottery",
        "31, has a licence and no car: is in the lottery for a plate.",
        "31 岁，有驾驶证而无车：正在参加小客车指标摇号。",
    )
    return Resident(home, [], [_licence(city, person)], [])


def _asking(city: City) -> Resident:
    home, person = alone(city, 33, MALE)
    name(
        person,
        "asking",
        "33, has asked to move to another district: the case is open and says by when the office decides.",
        "33 岁，已申请迁往另一区：办件进行中，并载明办理时限。",
    )
    return Resident(home, [], [], [])


def _licence(city: City, driver: Person) -> Licence:
    """One whose cycle of points began some months ago: five years before that day it was issued."""
    licence = city.traffic.licence(driver)
    licence.first_issued_on = _years_before(city.day - timedelta(days=CYCLE_BEGAN), 5)
    licence.classes = ["C1"]
    return licence


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
