"""Flats: sold with a mortgage on them, kept from a sale by a freeze, split into shares; each seen through the window."""

from datetime import timedelta

import pytest
from onewindow_kit import clock
from onewindow_local.demo.city import Refused
from onewindow_local.demo.flats import BASIS, flat, owner, sale


async def test_a_mortgaged_flat_is_sold_and_the_mortgage_follows_it(city):
    seller, buyer = await city.adult("例卖方"), await city.adult("例买方")
    registry = await city.registry()
    selling = await owner(city, seller)
    title = await flat(city, selling)
    mortgage = {
        "kind": "ordinary",
        "mortgagee_name": "示例银行",
        "mortgagee_code": "91330106MA2EXMP11J",
        "secured_fen": 100_000_000,
        "debt_from": clock.today().isoformat(),
        "debt_until": (clock.today() + timedelta(days=3650)).isoformat(),
        "no_transfer": False,
        "consents": [selling["pseudonym"]],
        "legal_basis": BASIS,
    }
    pledged = await registry.do(f"/v1/titles/{title.urn}/mortgages", mortgage, at=title.etag)
    before = await (await city.citizen(seller)).records("housing.title", after=pledged)
    assert [r["urn"] for r in before] == [title.urn]
    at = f'"{(await registry.get(f"/v1/titles/{title.urn}"))["version"]}"'
    buying = await owner(city, buyer)
    sold = await registry.do(f"/v1/titles/{title.urn}/transfer", sale(buying, consents=(selling["pseudonym"],)), at=at)
    window = await city.citizen(buyer)
    [bought] = await window.records("housing.title", after=sold)
    assert bought["urn"] == title.urn
    assert [you["role"] for you in bought["you"]] == ["owner"]
    [followed] = await window.records("housing.mortgage", after=sold)
    assert followed["urn"] == pledged.urn
    assert await (await city.citizen(seller)).records("housing.title", after=sold) == []


async def test_a_freeze_blocks_the_sale_until_it_is_lifted(city):
    seller, buyer = await city.adult("例卖方"), await city.adult("例买方")
    registry = await city.registry()
    selling = await owner(city, seller)
    title = await flat(city, selling)
    freeze = {
        "ordered_by": "示例区人民法院",
        "order_number": "（2026）示执1号",
        "until": (clock.today() + timedelta(days=365)).isoformat(),
        "legal_basis": "民事诉讼法 第二百五十五条",
    }
    frozen = await registry.do(f"/v1/titles/{title.urn}/freezes", freeze, at=title.etag)
    assert await (await city.citizen(seller)).records("housing.freeze", after=frozen)
    at = f'"{(await registry.get(f"/v1/titles/{title.urn}"))["version"]}"'
    with pytest.raises(Refused) as refusal:
        await registry.do(
            f"/v1/titles/{title.urn}/transfer", sale(await owner(city, buyer), consents=(selling["pseudonym"],)), at=at
        )
    assert refusal.value.status == 409
    lifted = await registry.do(
        f"/v1/freezes/{frozen.urn}/lifting", {"legal_basis": "民事诉讼法 第二百五十五条"}, at=frozen.etag
    )
    assert await (await city.citizen(seller)).records("housing.freeze", after=lifted) == []
    at = f'"{(await registry.get(f"/v1/titles/{title.urn}"))["version"]}"'
    await registry.do(
        f"/v1/titles/{title.urn}/transfer", sale(await owner(city, buyer), consents=(selling["pseudonym"],)), at=at
    )


async def test_shares_are_split_and_each_owner_sees_only_their_own(city):
    first, second, third = [await city.adult(name) for name in ("例甲", "例乙", "例丙")]
    registry = await city.registry()
    owners = [await owner(city, first, "1/2"), await owner(city, second, "1/2")]
    title = await flat(city, *owners, ownership="by-shares")
    giving = {
        "cause": "gift",
        "giver": owners[0]["pseudonym"],
        "share": "1/4",
        "consented": True,
        "owners": [await owner(city, third)],
        "legal_basis": BASIS,
    }
    given = await registry.do(f"/v1/titles/{title.urn}/share-transfer", giving, at=title.etag)
    seen = {}
    for person in (first, second, third):
        [record] = await (await city.citizen(person)).records("housing.title", after=given)
        assert "subjects" not in record
        seen[person.name] = [you["part"] for you in record["you"]]
    assert seen == {"例甲": ["1/4"], "例乙": ["1/2"], "例丙": ["1/4"]}


async def test_a_sold_flat_can_not_be_sold_again_from_what_was_read_before(city):
    seller, buyer = await city.adult("例卖方"), await city.adult("例买方")
    registry = await city.registry()
    selling = await owner(city, seller)
    title = await flat(city, selling)
    await registry.do(
        f"/v1/titles/{title.urn}/transfer",
        sale(await owner(city, buyer), consents=(selling["pseudonym"],)),
        at=title.etag,
    )
    with pytest.raises(Refused) as refusal:
        await registry.do(
            f"/v1/titles/{title.urn}/transfer", sale(selling, consents=(selling["pseudonym"],)), at=title.etag
        )
    assert (refusal.value.status, refusal.value.code) == (412, "version-conflict")
