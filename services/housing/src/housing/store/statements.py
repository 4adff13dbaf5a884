"""The statements that read and write a title with its holdings: one each, because every question costs a round trip."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Date, Integer, LargeBinary, Text, bindparam, text

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.certificate import DIGITS
from housing.domain.objection import Objection
from housing.domain.residence_right import ResidenceRight
from housing.store.encumbrances import FREEZE_COLUMNS, MORTGAGE_COLUMNS
from housing.store.rights import columns

LOAD = text(
    f"""
    select t.*,
        (select json_agg(json_build_array(owner, numerator, denominator, since) order by id)::text
            from holding where title = t.urn and until is null) as holdings,
        (select json_agg(m)::text from (select {MORTGAGE_COLUMNS} from mortgage
            where title = t.urn and ended_on is null order by rank) m) as mortgages,
        (select json_agg(f)::text from (select {FREEZE_COLUMNS} from "freeze"
            where title = t.urn and ended_on is null order by place, urn) f) as freezes,
        (select json_agg(o)::text from (select {columns(Objection)} from objection
            where title = t.urn and ended_on is null order by urn) o) as objections,
        (select json_agg(a)::text from (select {columns(AdvanceNotice)} from advance_notice
            where title = t.urn and ended_on is null order by urn) a) as notices,
        (select json_agg(r)::text from (select {columns(ResidenceRight)} from residence_right
            where title = t.urn and ended_on is null order by urn) r) as residences,
        (select json_object_agg(person, died_on)::text from deceased where person = any(:persons)
            or person in (select owner from holding where title = t.urn and until is null)) as dead,
        case when :draw then nextval('certificate_number') end as drawn
    from title t where t.urn = :urn
    """
).bindparams(
    bindparam("urn", type_=Text()), bindparam("persons", type_=ARRAY(Text())), bindparam("draw", type_=Boolean())
)

_HOLDINGS = """
    from unnest(cast(:owners as text[]), cast(:numerators as int[]), cast(:denominators as int[]),
        cast(:sinces as date[]), cast(:names as bytea[])) as i(owner, numerator, denominator, since, name)
"""
_holdings = (
    bindparam("owners", type_=ARRAY(Text())),
    bindparam("numerators", type_=ARRAY(Integer())),
    bindparam("denominators", type_=ARRAY(Integer())),
    bindparam("sinces", type_=ARRAY(Date())),
    bindparam("names", type_=ARRAY(LargeBinary())),
)

# One statement draws the number, looks for dead owners and enters the title, unless there are any.
INSERT = text(
    f"""
    with dead as (
        select json_object_agg(person, died_on)::text as days from deceased where person = any(:owners)
    ), made as (
        insert into title (urn, version, revision, authority, unit_code, address, area, use, price, certificate_number,
            entry, cause, ownership, registered_on)
        select :urn, 1, 1, :authority, :unit_code, :address, :area, :use, :price,
            replace(:form, '{{number}}', lpad(nextval('certificate_number')::text, {DIGITS}, '0')),
            :entry, :cause, :ownership, :registered_on
        from dead where days is null
        on conflict (unit_code) where ended_on is null do nothing
        returning urn, certificate_number
    ), held as (
        insert into holding (title, owner, numerator, denominator, since, name)
        select made.urn, i.owner, i.numerator, i.denominator, i.since, i.name
        {_HOLDINGS} cross join made
    )
    select certificate_number, days from dead left join made on true
    """
).bindparams(
    *_holdings,
    bindparam("urn", type_=Text()),
    bindparam("authority", type_=Text()),
    bindparam("unit_code", type_=Text()),
    bindparam("address", type_=LargeBinary()),
    bindparam("area", type_=Integer()),
    bindparam("use", type_=Text()),
    bindparam("price", type_=BigInteger()),
    bindparam("form", type_=Text()),
    bindparam("entry", type_=Text()),
    bindparam("cause", type_=Text()),
    bindparam("ownership", type_=Text()),
    bindparam("registered_on", type_=Date()),
)

# ``opened`` counts ``closed`` first: an owner's new row may only follow the closing of the old one, whose sealed name
# it takes over when nobody states a new one.
SAVE = text(
    f"""
    with moved as (
        update title set version = :version, revision = revision + 1, address = coalesce(:address, address),
            area = :area, use = :use, price = :price, certificate_number = :certificate_number, entry = :entry,
            cause = :cause, ownership = :ownership, registered_on = :registered_on, ended_on = :ended_on
        where urn = :urn and version = :version - 1 and revision = :revision
        returning urn
    ), closed as (
        update holding set until = :until from moved
        where title = moved.urn and until is null and owner = any(:closing)
        returning id
    ), opened as (
        insert into holding (title, owner, numerator, denominator, since, name)
        select moved.urn, i.owner, i.numerator, i.denominator, i.since, coalesce(i.name, old.name)
        {_HOLDINGS}
        cross join moved cross join (select count(*) from closed) as first
        left join holding old on old.title = moved.urn and old.owner = i.owner and old.until is null
    )
    select urn from moved
    """
).bindparams(
    *_holdings,
    bindparam("closing", type_=ARRAY(Text())),
    bindparam("until", type_=Date()),
    bindparam("ended_on", type_=Date()),
    bindparam("address", type_=LargeBinary()),
)

TOUCH = text(
    "update title set revision = revision + 1 where urn = :urn and version = :version and revision = :revision"
)
NAME = text("update holding set name = :name where title = :title and owner = :owner and until is null")
RENAME_OWNER = text(
    """
    with named as (
        update holding set owner = :new where title = :urn and owner = :old and until is null returning title
    )
    update title set version = version + 1, revision = revision + 1
    from named where urn = named.title and version = :version and revision = :revision
    """
)
