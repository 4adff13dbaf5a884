"""The certificate names the owners, to an owner or to an officer with a purpose, and can be verified by anyone."""

import re

import pytest


async def test_an_owner_gets_the_certificate_and_nobody_else(office, citizen, registered, person, refused):
    owner, spouse = person(), person()
    title = await registered(owner, spouse, family=True)
    path = f"/v1/titles/{title['urn']}/certificates"
    issued = await citizen(owner).post(path)
    certificate = issued.json()
    assert issued.status_code == 201
    assert [h["name"] for h in certificate["holders"]] == [f"测试{owner[-2:]}", f"测试{spouse[-2:]}"]
    assert certificate["address"] == title["body"]["address"]
    refused(await citizen(person()).post(path), 404, "not-found")
    assert (await office.post(path)).status_code == 201


async def test_anyone_can_verify_it_until_the_title_changes(office, http, registered, person, sale, refused):
    owner = person()
    title = await registered(owner)
    issued = await office.post(f"/v1/titles/{title['urn']}/certificates")
    where = issued.headers["location"]
    assert (await http.get(where)).json()["current"] is True
    assert (await office.get(f"{where}/print")).status_code == 200
    await office.post(f"/v1/titles/{title['urn']}/transfer", sale(person(), consents=[owner]), version=1)
    assert (await http.get(where)).json()["current"] is False
    refused(await office.get(f"{where}/print"), 409, "certificate-superseded")
    refused(await http.get("/v1/certificates/" + "a" * 22), 404, "not-found")


async def test_the_printed_page_escapes_what_it_shows(office, registered, person, named):
    owner = person()
    owners = [named(owner)[0] | {"name": "<script>alert(1)</script>"}]
    title = await registered(owner, owners=owners)
    issued = await office.post(f"/v1/titles/{title['urn']}/certificates")
    page = await office.get(f"{issued.headers['location']}/print")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script>" not in page.text and "&lt;script&gt;" in page.text
    assert title["body"]["certificate_number"] in page.text and "成套住宅" in page.text


async def test_a_corrected_name_is_on_the_next_certificate(office, registered, person, refused):
    owner = person()
    title = await registered(owner)
    right = {"names": [{"pseudonym": owner, "name": "测试乙"}], "legal_basis": "细则 79"}
    assert (await office.post(f"/v1/titles/{title['urn']}/correction", right, version=1)).status_code == 200
    issued = await office.post(f"/v1/titles/{title['urn']}/certificates")
    assert [h["name"] for h in issued.json()["holders"]] == ["测试乙"]
    stranger = {"names": [{"pseudonym": person(), "name": "测试丙"}], "legal_basis": "细则 79"}
    refused(await office.post(f"/v1/titles/{title['urn']}/correction", stranger, version=2), 409, "not-an-owner")


@pytest.mark.rule("housing.certificate-form", "housing.entry-certificate-form")
async def test_numbers_are_written_as_the_city_says(office, registered, person, loan):
    owner = person()
    title = await registered(owner)
    year = title["body"]["registered_on"][:4]
    assert re.fullmatch(f"浙（{year}）杭州市不动产权第[0-9]{{7,}}号", title["body"]["certificate_number"])
    entered = (await office.post(f"/v1/titles/{title['urn']}/mortgages", loan(owner), version=1)).json()
    assert re.fullmatch(f"浙（{year}）杭州市不动产证明第[0-9]{{7,}}号", entered["body"]["certificate_number"])
