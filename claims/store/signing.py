"""Signed heads: who said, when, that the log had come so far; Ed25519 (RFC 8032).

What is signed are the bytes of the canonical JSON text (UTF-8, keys sorted, no white space) of
an object with the keys ``at``, ``hash``, ``project`` and ``seq``, all of them text: the time of
signing in UTC with microseconds, the head's hash, the project's id, the number of the change.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from claims.analysis.canonical import canonical_json
from claims.errors import InputRefused, SetupError, VerificationFailed
from claims.store.history import Head

KEY_BYTES = 32
"""Bytes of a public key; in text they are base64."""

_FORM = 'expected what `claims head --sign KEYFILE` prints: {"head": …, "key": …, "signature": …}'


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """A head with a signature; ``key`` is the public key and, like ``signature``, base64."""

    seq: int
    hash: str
    at: str
    project: UUID
    key: str
    signature: str

    @property
    def head(self) -> Head:
        """The head alone."""
        return Head(self.seq, self.hash)

    def as_json(self) -> dict[str, object]:
        """What a file of it holds."""
        return {"head": _told(self), "key": self.key, "signature": self.signature}


def new_key(path: Path) -> str:
    """Make a private key that only its owner may read, and return the public one.

    Raises:
        InputRefused: there is such a file already; no key is ever written over.
        SetupError: the file cannot be made.
    """
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        message = f"there is a file at '{path}' already, which may be a key in use; name another"
        raise InputRefused(message) from None
    except OSError as error:
        message = f"no key can be made at '{path}': {error.strerror}; name another place"
        raise SetupError(message) from error
    with os.fdopen(number, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(number)
    return public_text(made.public_key())


def sign(head: Head, project: UUID, at: str, key: Path) -> SignedHead:
    """Sign a head with the private key in a file; ``at`` is UTC with microseconds.

    Raises:
        InputRefused: the file holds no private key of this kind, or none without a password.
        SetupError: the file cannot be read.
    """
    private = _private(key)
    public = public_text(private.public_key())
    made = SignedHead(
        seq=head.seq, hash=head.hash, at=at, project=project, key=public, signature=""
    )
    signature = base64.b64encode(private.sign(_bytes(made))).decode("ascii")
    return SignedHead(
        seq=head.seq, hash=head.hash, at=at, project=project, key=public, signature=signature
    )


def read_signed(text: str, name: str) -> SignedHead:
    """What a file called ``name`` holds.

    Raises:
        InputRefused: it is no signed head.
    """
    try:
        held = json.loads(text)
        told = held["head"]
        return SignedHead(
            seq=int(told["seq"]),
            hash=str(told["hash"]),
            at=str(told["at"]),
            project=UUID(told["project"]),
            key=str(held["key"]),
            signature=str(held["signature"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"'{name}' is no signed head; {_FORM}"
        raise InputRefused(message) from error


def check_signature(signed: SignedHead, key: str | None) -> None:
    """Check that a head was signed with a key; ``None`` is the one that it names itself.

    Raises:
        InputRefused: the key is none.
        VerificationFailed: it was signed with another key, or altered afterwards.
    """
    public = _public(signed.key if key is None else key)
    if public_text(public) != signed.key:
        message = (
            f"the head was signed with the key {signed.key}, not with {public_text(public)}; ask"
            " who signed it, and keep their public key apart from what they sign"
        )
        raise VerificationFailed(message)
    try:
        public.verify(_base64(signed.signature, "signature"), _bytes(signed))
    except InvalidSignature:
        message = (
            f"the signature does not fit: the head of change {signed.seq} or the signature was"
            " altered after it was signed; get the file anew from where it was kept"
        )
        raise VerificationFailed(message) from None


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as people pass it on: base64 of its 32 bytes."""
    return base64.b64encode(key.public_bytes_raw()).decode("ascii")


def _told(signed: SignedHead) -> dict[str, str]:
    return {
        "at": signed.at,
        "hash": signed.hash,
        "project": str(signed.project),
        "seq": str(signed.seq),
    }


def _bytes(signed: SignedHead) -> bytes:
    return canonical_json(_told(signed)).encode()


def _private(path: Path) -> Ed25519PrivateKey:
    try:
        text = path.read_bytes()
    except OSError as error:
        message = (
            f"the key '{path}' cannot be read: {error.strerror};"
            " make one with `claims head --new-key KEYFILE`"
        )
        raise SetupError(message) from error
    try:
        found = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, Ed25519PrivateKey):
        message = (
            f"'{path}' holds no Ed25519 private key without a password;"
            " make one with `claims head --new-key KEYFILE`"
        )
        raise InputRefused(message)
    return found


def _public(text: str) -> Ed25519PublicKey:
    held = _base64(text.strip(), "public key")
    if len(held) != KEY_BYTES:
        message = (
            f"{text!r} is no public key; expected the {KEY_BYTES} bytes in base64 that"
            " `claims head --new-key` printed"
        )
        raise InputRefused(message)
    return Ed25519PublicKey.from_public_bytes(held)


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        message = f"{text!r} is no {what}; expected base64"
        raise InputRefused(message) from None
