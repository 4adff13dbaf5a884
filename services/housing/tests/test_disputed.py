"""A disputed title is marked wherever the registry shows it, and no other."""

MATTER = "urn:onewindow:demo.supervision-office:matter-housing:" + "c" * 22
REGISTRY = "demo.title-registry"


async def test_a_disputed_title_is_marked_until_the_dispute_is_over(app, office, registered, person):
    owner = person()
    title, other = await registered(owner), await registered(owner)
    acts, sessions = app.state.adverse.acts, app.state.edge.database.sessions

    async def matter(*, is_open: bool) -> None:
        async with sessions() as session, session.begin():
            await acts.matter(session, MATTER, owner, REGISTRY, is_open=is_open, about=title["urn"])

    async def marks(path: str) -> str | None:
        return (await office.get(path)).headers.get("onewindow-disputed")

    assert await marks(f"/v1/titles/{title['urn']}") is None
    await matter(is_open=True)
    assert await marks(f"/v1/titles/{title['urn']}") == title["urn"]
    assert await marks(f"/v1/titles/{other['urn']}") is None
    await matter(is_open=False)
    assert await marks(f"/v1/titles/{title['urn']}") is None
