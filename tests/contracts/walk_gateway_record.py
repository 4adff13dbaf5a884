"""The operations of the access record: who looked at me, the proof of it, and the public tree."""

from __future__ import annotations

from .live import Answer, Service, wait_for


def walk(gateway: Service, citizen: str) -> None:
    """``citizen`` is the token of somebody at whom an agency has looked."""

    def looks() -> Answer | None:
        page = gateway.call("listAccessEntries", token=citizen, query={"kind": "look"})
        return page if page["items"] else None

    page = wait_for(looks)
    assert page["months"][0]["count"] >= 1
    [entry, *_] = page["items"]
    assert gateway.call("readAccessEntry", token=citizen, id=entry["id"])["text"] == entry["text"]
    proof = gateway.call("proveAccessEntry", token=citizen, id=entry["id"])
    assert proof["size"] > proof["index"]
    gateway.call("readCheckpoint")
    gateway.call("readLogKey")
    gateway.call("readTile", tile="0/000.p/1")
    gateway.call("countDelayed")
