"""A security key made of software: answers ceremonies as a browser and a key would, honestly or not."""

import hashlib
import json
import os

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, ATTESTED = 0x01, 0x40


class SoftKey:
    """One key pair on one host. ``count`` goes up with each signature, as a key's own counter does."""

    def __init__(self, host: str = "testserver", origin: str = "http://testserver") -> None:
        self.host, self.origin, self.count = host, origin, 0
        self.id = os.urandom(32)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def register(self, options: str) -> str:
        """The answer to being asked to be added."""
        held = b"\x00" * 16 + len(self.id).to_bytes(2, "big") + self.id + self._public_key()
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(PRESENT | ATTESTED) + held}
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(attestation))

    def sign(self, options: str) -> str:
        """The answer to being asked to sign in."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(PRESENT)
        signature = self._private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _public_key(self) -> bytes:
        numbers = self._private.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        asked = {"type": kind, "challenge": json.loads(options)["challenge"], "origin": self.origin}
        return json.dumps({**asked, "crossOrigin": False}).encode()

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.id)
        texts = {key: bytes_to_base64url(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": texts})
