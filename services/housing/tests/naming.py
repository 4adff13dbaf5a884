"""Identity's part in housing's tests: it issues a token, finds people by number and name, and introduces them."""

import json
from typing import Any

import httpx
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import Pseudonym, introduction


class Identity:
    """The operations that housing's identity client asks for, by their contract; ``people``: (number, name) to pseudonym."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.people: dict[tuple[str, str], str] = {}
        self.transport = httpx.MockTransport(self._answer)

    def introduced(self, pseudonym: str, name: str = "测试") -> dict[str, Any]:
        """A party of an application, by an introduction that identity encrypted for housing."""
        return {
            "by": "introduced",
            "introduction": introduction(self.keyring, Pseudonym.parse(pseudonym)),
            "name": name,
        }

    def numbered(self, pseudonym: str, number: str, name: str) -> dict[str, Any]:
        """The same by number and name, which identity knows from now on."""
        self.people[number, name] = pseudonym
        return {"by": "number", "scheme": "cn-id", "number": number, "name": name}

    def _answer(self, request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json={"token_endpoint": str(request.url.copy_with(path="/oauth/token"))})
            case "/oauth/token":
                return httpx.Response(200, json={"access_token": "of-a-test", "expires_in": 600})
            case "/v1/pseudonyms":
                asked = json.loads(request.content)
                found = self.people.get((asked["number"], asked["name"]))
                return httpx.Response(200, json={"pseudonym": found}) if found else httpx.Response(404, json={})
            case "/v1/pseudonyms/batch":
                by_number = {number: pseudonym for (number, _), pseudonym in self.people.items()}
                found = [by_number.get(number) for number in json.loads(request.content)["numbers"]]
                return httpx.Response(200, json={"pseudonyms": found})
            case path:
                raise AssertionError(f"housing asks identity for {path}")
