"""Sign-in through a municipality's own OpenID Connect provider: a tiny real one, on loopback."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ROOT = Path(__file__).parents[2]
CLIENT, SECRET = "samsyn", "between the two of us"


def text64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider(ThreadingHTTPServer):
    """Discovery, authorize, token (RS256, PKCE) and userinfo for one person who never has to type anything."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(65537, 2048)
        self.queue: list[dict[str, Any]] = []
        self.person: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.seen: list[str] = []

    def token(self, asked: dict[str, str]) -> str:
        """Return a signed id_token."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        parts = [{"alg": "RS256", "kid": "1", "typ": "JWT"}, claims]
        body = ".".join(text64(json.dumps(part).encode()) for part in parts)
        return f"{body}.{text64(self.key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def keys(self) -> dict[str, Any]:
        """Return the public key as a key set."""
        numbers = self.key.public_key().public_numbers()
        e, n = (text64(number.to_bytes(size, "big")) for number, size in ((numbers.e, 3), (numbers.n, 256)))
        return {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "e": e, "n": n}]}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        where = urlparse(self.path)
        self.server.seen.append(where.path)
        issuer = self.server.issuer
        if where.path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            self._say({"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
                      | {f"{name}_endpoint": f"{issuer}/{path}" for name, path in ends.items()})  # fmt: skip
        elif where.path == "/keys":
            self._say(self.server.keys())
        elif where.path == "/userinfo" and self.headers["Authorization"] == "Bearer opens":
            self._say(self.server.person)
        elif where.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            self.server.codes["once"] = asked
            self.server.person = self.server.queue.pop(0)
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': 'once', 'state': asked['state']})}"
            )
            self.end_headers()
        else:
            self._say({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        sent = {name: values[0] for name, values in body.items()}
        self.server.seen.append(urlparse(self.path).path)
        asked = self.server.codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = self.headers.get("Authorization") == f"Basic {basic}" or sent.get("client_secret") == SECRET
        proof = text64(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked is None or not known or proof != asked.get("code_challenge"):
            self._say({"error": "invalid_grant"}, 400)
            return
        self._say(
            {"access_token": "opens", "token_type": "Bearer", "expires_in": 60, "id_token": self.server.token(asked)}
        )

    def _say(self, value: Any, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


HEAD = {"sub": "77", "email": "Head@Example.org", "email_verified": True}
PEOPLE: list[dict[str, Any]] = [
    HEAD,
    HEAD,
    {"sub": "1", "email": "stranger@example.org", "email_verified": True},
    {"sub": "2", "email": "administrator@example.org", "email_verified": False},
    {"sub": "3"},
    {"sub": "4", "email": "gone@example.org", "email_verified": True},
]


def sign_in(people: list[dict[str, Any]], folder: Path, secret: str = SECRET) -> dict[str, Any]:
    """Sign these in, one after the other, to a product with the four variables set; return what became of each."""
    with Provider() as provider:
        provider.queue = list(people)
        thread = threading.Thread(target=provider.serve_forever)
        thread.start()
        environment = {
            **os.environ, "SAMSYN_DATA": str(folder), "SAMSYN_OIDC_ISSUER": provider.issuer,
            "SAMSYN_OIDC_CLIENT_ID": CLIENT, "SAMSYN_OIDC_CLIENT_SECRET": secret, "SAMSYN_OIDC_NAME": "Lillby",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "tests.people.test_oidc", str(len(people))]
        try:
            answer = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        finally:
            provider.shutdown()
            thread.join()
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found | {"seen": provider.seen}


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return sign_in(PEOPLE, tmp_path_factory.mktemp("oidc"))


def test_a_known_address_signs_in_and_again_the_next_day(signed_in: dict[str, Any]) -> None:
    assert signed_in["button"] == "/accounts/oidc/municipality/login/"
    assert signed_in["who"][:2] == ["head@lillby", "head@lillby"]
    assert signed_in["led"][:2] == ["/lillby/", "/lillby/"]
    assert signed_in["seen"].count("/token") == len(PEOPLE)


@pytest.mark.parametrize("place", range(2, len(PEOPLE)), ids=["unknown", "not verified", "no address", "left"])
def test_nobody_else_signs_in_and_nobody_is_made(signed_in: dict[str, Any], place: int) -> None:
    assert signed_in["who"][place] is None
    assert signed_in["status"][place] == 403
    assert "is not a person here" in signed_in["text"][place]
    assert signed_in["people"] == 3


def test_a_wrong_secret_opens_nothing(tmp_path: Path) -> None:
    found = sign_in([HEAD], tmp_path, secret="something else")
    assert found["who"] == [None]
    assert "/userinfo" not in found["seen"]


def main() -> None:
    """Walk the sign-in as a browser would; started by the tests in a process with the four variables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from samsyn.core.scoping import in_municipality
    from samsyn.people import operations as people
    from samsyn.people.models import Person
    from tests import personas

    call_command("migrate", verbosity=0)
    lillby = personas.municipality("lillby", "Lillby")
    with in_municipality(lillby):
        for code in ("administrator", "gone", "head"):
            people.add_person(
                municipality=lillby, code=code, name=code, email=f"{code}@example.org", by="t", at=personas.AT
            )
    Person.objects.filter(code="gone").update(is_active=False)
    found: dict[str, Any] = {"who": [], "led": [], "status": [], "text": []}
    for _ in range(int(sys.argv[1])):
        browser = Client(HTTP_ACCEPT_LANGUAGE="en")
        page = browser.get("/lillby/sign-in/").content.decode()
        found["button"] = next(part.split('"')[1] for part in page.split("href=")[1:] if "/oidc/" in part)
        answer = browser.get(found["button"])
        answer = browser.get(_through(answer["Location"]))
        found["status"].append(answer.status_code)
        found["text"].append(answer.content.decode())
        while answer.status_code == 302 and not answer["Location"].startswith("/lillby/"):
            answer = browser.get(answer["Location"])
        found["led"].append(answer.get("Location"))
        key = browser.session.get("_auth_user_id")
        found["who"].append(Person.objects.get(pk=key).username if key else None)
    found["people"] = Person.objects.count()
    sys.stdout.write(json.dumps(found) + "\n")


def _through(address: str) -> str:
    """Follow the provider's redirect back to the product."""
    import http.client

    where = urlparse(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    connection.request("GET", f"{where.path}?{where.query}")
    back = urlparse(connection.getresponse().headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


if __name__ == "__main__":
    main()
