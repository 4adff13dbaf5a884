"""The people with a name on the command line: one for each state that a window can show."""

from datetime import timedelta

from onewindow_local.sample import named_lives
from onewindow_local.sample.city import City, Resident
from onewindow_local.sample.homes import title_number
from onewindow_local.sample.naming import DISTRICT, alone, name
from onewindow_local.sample.people import FEMALE, MALE
from onewindow_local.sample.population import DAUGHTER, FATHER, HEAD, SON, SPOUSE
from onewindow_local.sample.traffic import ZONES


def residents(city: City) -> list[Resident]:
    """The named households, each with what it owns. The order is that of the table a person sees first."""
    dead = _dead(city)
    return [
        _mortgaged(city),
        _joint(city),
        _shares(city),
        _in_transit(city),
        _no_papers(city),
        dead,
        _frozen(city),
        _suspended(city),
        _abroad(city),
        _empty(city),
        *named_lives.residents(city, dead.household.head),
    ]


def _mortgaged(city: City) -> Resident:
    home, owner = alone(city, 37, MALE)
    name(
        owner,
        "mortgaged",
        "37, owns a flat that a bank has a mortgage on; drives, owns a car, parks with a permit.",
        "37 岁，名下房屋设有抵押；有驾驶证和车，持居民停车许可。",
    )
    flat = city.homes.home(home, [(owner, None)])
    bought = city.on - timedelta(days=4 * 365)
    flat.certificate_number = title_number(bought, city.homes.count)
    flat.registered_on = bought
    flat.mortgage = city.homes.mortgage(flat)
    licence = city.traffic.licence(owner)
    car = city.traffic.car(home, licence)
    car.permit_zone = ZONES[DISTRICT]
    return Resident(home, [flat], [licence], [car])


def _joint(city: City) -> Resident:
    population = city.population
    home = population.home(division=DISTRICT)
    husband, wife = population.couple(41)
    child = population.child(husband, wife, 9)
    home.members += [(husband, HEAD), (wife, SPOUSE), (child, SON if child.sex == MALE else DAUGHTER)]
    name(
        husband,
        "joint-husband",
        "41, owns a flat jointly with his wife: no fractions, both must agree to sell.",
        "41 岁，与妻子共同共有一套房屋：不分份额，出售须双方同意。",
    )
    name(
        wife,
        "joint-wife",
        "His wife, joint owner of the same flat; drives the family's car.",
        "其妻，同一房屋的共同共有人；驾驶家里的车。",
    )
    name(
        child,
        "minor",
        "9, their child: registered at home, owns nothing, may not drive.",
        "9 岁，他们的孩子：登记在家中，名下无财产，不得驾驶。",
    )
    licence = city.traffic.licence(wife)
    return Resident(
        home, [city.homes.home(home, [(husband, None), (wife, None)])], [licence], [city.traffic.car(home, licence)]
    )


def _shares(city: City) -> Resident:
    population = city.population
    home = population.home(division=DISTRICT)
    father, mother = population.couple(70)
    sister = population.child(father, mother, 42)
    brother = population.child(father, mother, 39)
    sister.sex, brother.sex = FEMALE, MALE
    # The number says the sex, so both get one that fits.
    sister.number = population.numbers.allot(sister.birth_division, sister.born, FEMALE)
    brother.number = population.numbers.allot(brother.birth_division, brother.born, MALE)
    home.members += [(father, FATHER), (sister, HEAD), (brother, "73")]
    name(
        sister,
        "shares-sister",
        "42, owns two thirds of a flat, her brother the rest.",
        "42 岁，按份共有一套房屋的三分之二，其余归弟弟。",
    )
    name(
        brother,
        "shares-brother",
        "39, owns one third of that flat: may sell his share, his sister has first refusal.",
        "39 岁，占该房屋三分之一：可出售份额，姐姐有优先购买权。",
    )
    flat = city.homes.home(home, [(sister, "2/3"), (brother, "1/3")])
    flat.cause, flat.price_fen, flat.mortgage = "gift", None, None
    home.members.insert(1, (mother, "52"))
    return Resident(home, [flat], [], [])


def _in_transit(city: City) -> Resident:
    home, person = alone(city, 29, FEMALE)
    name(
        person,
        "in-transit",
        "29, has moved out of one district and not yet into another: in transit between registers.",
        "29 岁，已从一区迁出而尚未迁入另一区：户口迁移途中。",
    )
    return Resident(home, [], [city.traffic.licence(person)], [])


def _no_papers(city: City) -> Resident:
    home, person = alone(city, 23, MALE)
    name(
        person,
        "no-papers",
        "23, was never registered: known, and in no register until a late registration.",
        "23 岁，从未登记户口：已知其人，补办登记前不在任何户口簿中。",
    )
    person.standing, person.card_issued_on, home.code = "unregistered", None, ""
    return Resident(home, [], [], [])


def _dead(city: City) -> Resident:
    home, person = alone(city, 81, MALE)
    name(
        person,
        "dead",
        "Died last year; the flat cannot be sold before the heirs are registered.",
        "去年去世；继承人登记之前房屋不得处分。",
    )
    flat = city.homes.home(home, [(person, None)])
    flat.mortgage = None
    person.standing, person.died_on = "dead", city.on - timedelta(days=200)
    return Resident(home, [flat], [], [])


def _frozen(city: City) -> Resident:
    home, owner = alone(city, 48, FEMALE)
    name(
        owner,
        "frozen",
        "48, owns a flat that a court has frozen: it can be neither sold nor mortgaged.",
        "48 岁，名下房屋被法院查封：不得转让或抵押。",
    )
    flat = city.homes.home(home, [(owner, None)])
    flat.mortgage, flat.frozen_since = None, city.on - timedelta(days=90)
    return Resident(home, [flat], [city.traffic.licence(owner)], [])


def _suspended(city: City) -> Resident:
    home, driver = alone(city, 33, MALE)
    name(
        driver,
        "suspended",
        "33, may not drive for now: the licence is suspended; owns a car all the same.",
        "33 岁，驾驶证暂扣期间不得驾驶；名下仍有一辆车。",
    )
    licence = city.traffic.licence(driver)
    licence.state = "suspended"
    return Resident(home, [], [licence], [city.traffic.car(home, licence)])


def _abroad(city: City) -> Resident:
    home, person = alone(city, 52, FEMALE)
    name(
        person,
        "abroad",
        "52, settled abroad: struck off the register, still owns a flat here.",
        "52 岁，定居国外：户口已注销，在此仍有一套房屋。",
    )
    person.standing, home.code = "settled-abroad", ""
    return Resident(home, [city.homes.home(home, [(person, None)])], [], [])


def _empty(city: City) -> Resident:
    home, person = alone(city, 19, FEMALE)
    name(
        person,
        "empty",
        "19, registered elsewhere, new in the city: housing and transport have nothing on file.",
        "19 岁，户口在外地，初到本市：住房和交通均无记录。",
    )
    person.standing, home.code = "elsewhere", ""
    return Resident(home, [], [], [])
