"""A place in the plate lottery, taken and given up through the window."""

import pytest
from onewindow_local.demo import firms
from onewindow_local.demo.city import City, Refused
from onewindow_local.demo.lottery import Party, open_pool


@pytest.mark.rule("domain-26")
async def test_an_applicant_enters_once_keeps_the_receipt_and_leaves(city: City):
    applicant = await city.adult("例摇号")
    window = await city.citizen(applicant)
    pool = await open_pool(
        city, [Party("court", "示例法院"), Party("notary", "示例公证处"), Party("school", "示例大学")]
    )
    at = {"path": {"urn": pool.urn}}
    entered = await window.command("transport", "joinLottery", **at)
    [entry] = await window.records("transport.lottery-entry", after=entered)
    assert entry["body"]["state"] == "entered" and entry["body"]["lottery"] == pool.urn
    with pytest.raises(Refused) as twice:
        await window.command("transport", "joinLottery", **at)
    assert (twice.value.status, twice.value.code) == (409, "entry-exists")
    firm = await firms.found(city, "示例摇号有限公司", applicant, window)
    with pytest.raises(Refused) as no_person:
        await firm.window.command("transport", "joinLottery", **at)
    assert no_person.value.status == 403
    left = await window.command("transport", "leaveLottery", path={"urn": entry["urn"]}, at=f'"{entry["version"]}"')
    assert await window.records("transport.lottery-entry", after=left) == []
    history = (await window.get("/v1/me/records?type=transport.lottery-entry"))["items"]
    assert [each["body"]["state"] for each in history] == ["withdrawn"]
