"""An OpenID provider that says whatever a test wants, true or forged, over real HTTP with real keys."""

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry

CLIENT_ID, SECRET = "hub", "a secret of the hub and its provider"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": kid}) for kid in ("right", "wrong"))


class Forger:
    """Its attributes are what it will say; ``nonce`` is learnt from where the hub sent the browser."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.metadata: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/person",
        }
        self.claims: dict[str, Any] = {}
        self.person: dict[str, Any] = {}
        self.sign = self.sign_rightly
        self.asked: list[str] = []
        self.token_requests: list[dict[str, str]] = []
        self.broken: dict[str, int] = {}
        self.slow_seconds = 0.0
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def right_claims(self) -> dict[str, Any]:
        moment = int(time.time())
        return {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": CLIENT_ID,
            "iat": moment,
            "exp": moment + 300,
            "nonce": self.nonce,
            **self.claims,
        }

    def sign_rightly(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "right"}, claims, KEY)

    def sign_with_other_key(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "right"}, claims, OTHER_KEY)

    def sign_with_unknown_key(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "wrong"}, claims, OTHER_KEY)

    def sign_not_at_all(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "none"}, claims, KEY, registry=JWSRegistry(algorithms=["none"]))

    def sign_with_the_public_key_as_secret(self, claims: dict[str, Any]) -> str:
        head, body, _ = jwt.encode({"alg": "HS256", "kid": "right"}, claims, OctKey.import_key(SECRET)).split(".")
        signature = hmac.digest(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
        return f"{head}.{body}.{urlsafe_b64encode(signature).decode().rstrip('=')}"

    def sign_with_the_shared_secret(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))

    def change_after_signing(self, claims: dict[str, Any]) -> str:
        head, body, signature = self.sign_rightly(claims).split(".")
        _, other, _ = self.sign_rightly({**claims, "sub": "somebody else"}).split(".")
        assert other != body
        return ".".join([head, other, signature])

    def sent_off(self, url: str) -> dict[str, str]:
        """Read where the hub sent the browser, as a provider would."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        return asked

    def answer(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        time.sleep(self.slow_seconds)
        if path in self.broken:
            return self.broken[path], {}
        if path == "/.well-known/openid-configuration":
            return 200, self.metadata
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        if path == "/person":
            return 200, self.person
        self.token_requests.append({name: values[0] for name, values in parse_qs(body).items()})
        return 200, {
            "access_token": "an access token",
            "token_type": "Bearer",
            "id_token": self.sign(self.right_claims()),
        }


def _handler_of(forger: Forger) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, said = forger.answer(urlsplit(self.path).path, self.rfile.read(length).decode())
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
