"""A sign-in provider on this machine (OpenID Connect, authorization code): it lets in whoever the test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "evenkeel"


class Provider(ThreadingHTTPServer):
    """Signs ``subject`` in, whoever asks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})
        self.subject = "nobody"
        self.nonce = ""

    def secrets(self, app_url: str) -> str:
        """What ``secrets.toml`` says so that the app at this address asks here."""
        return (
            f'[auth]\nredirect_uri = "{app_url}/oauth2callback"\ncookie_secret = "{"invented " * 8}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "invented"\n'
            f'server_metadata_url = "{self.issuer}/.well-known/openid-configuration"\n'
        )

    def metadata(self) -> dict[str, object]:
        """Where everything is."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self) -> dict[str, object]:
        """The signed word on who has signed in."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": self.nonce}
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims | {"iat": now, "exp": now + 600}, self.key)
        return {"access_token": "invented", "token_type": "Bearer", "expires_in": 600, "id_token": signed}


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        asked = urlparse(self.path)
        if asked.path == "/.well-known/openid-configuration":
            self._send(self.server.metadata())
        elif asked.path == "/keys":
            self._send({"keys": [self.server.key.as_dict(private=False)]})
        else:
            given = {name: values[0] for name, values in parse_qs(asked.query).items()}
            self.server.nonce = given.get("nonce", "")
            self.send_response(302)
            back = urlencode({"code": "invented", "state": given["state"]})
            self.send_header("Location", f"{given['redirect_uri']}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._send(self.server.token())

    def _send(self, document: dict[str, object]) -> None:
        content = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers until the test is done."""
    running = Provider()
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
