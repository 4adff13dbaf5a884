"""How a sample person gets a name on the command line."""

from onewindow_local.sample.city import City
from onewindow_local.sample.people import Household, Person
from onewindow_local.sample.population import HEAD

# A district with a parking zone, so that permits can be applied for.
DISTRICT = "330106"


def name(person: Person, ref: str, sentence: str, sentence_zh: str) -> Person:
    """Call `person` `ref`, with a sentence in two languages that says what is special."""
    person.ref, person.sentence, person.sentence_zh = ref, sentence, sentence_zh
    return person


def alone(city: City, years: float, sex: str) -> tuple[Household, Person]:
    """A household of one."""
    home, person = city.population.home(division=DISTRICT), city.population.person(years, sex, division=DISTRICT)
    home.members.append((person, HEAD))
    return home, person
