from __future__ import annotations

import base64
import json
import stat
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.errors import InputRefused, SetupError, VerificationFailed
from claims.store.history import Head
from claims.store.signing import SignedHead, check_signature, new_key, read_signed, sign

HEAD = Head(12, "ab" * 32)
AT = "2026-01-31T12:00:00.000000Z"


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "signing.key"
    return path, new_key(path)


def _signed(path: Path) -> SignedHead:
    return sign(HEAD, UUID(int=3), AT, path)


def test_what_is_signed_can_be_checked_with_the_words_of_the_description(
    key: tuple[Path, str],
) -> None:
    path, public = key
    told = _signed(path).as_json()
    text = json.dumps(told["head"], sort_keys=True, separators=(",", ":"))
    assert text == (
        f'{{"at":"{AT}","hash":"{"ab" * 32}",'
        '"project":"00000000-0000-0000-0000-000000000003","seq":"12"}'
    )
    known = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    known.verify(base64.b64decode(str(told["signature"])), text.encode())


def test_a_signed_head_survives_its_file(key: tuple[Path, str]) -> None:
    path, public = key
    again = read_signed(json.dumps(_signed(path).as_json()), "head.json")
    assert again == _signed(path)
    assert again.head == HEAD
    check_signature(again, None)
    check_signature(again, public)


def test_a_private_key_is_its_owners_alone_and_never_written_over(key: tuple[Path, str]) -> None:
    path, _ = key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(InputRefused, match="may be a key in use"):
        new_key(path)
    assert path.read_bytes() == before
    with pytest.raises(SetupError, match="no key can be made"):
        new_key(path / "below")


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 13},
        {"hash": "cd" * 32},
        {"at": AT.replace("2026", "2025")},
        {"project": UUID(int=4)},
        {"signature": base64.b64encode(b"0" * 64).decode()},
    ],
)
def test_an_altered_head_is_found(key: tuple[Path, str], change: dict[str, object]) -> None:
    path, public = key
    altered = replace(_signed(path), **change)  # type: ignore[arg-type]
    for known in (None, public):
        with pytest.raises(VerificationFailed, match="the signature does not fit"):
            check_signature(altered, known)


def test_the_key_of_somebody_else_is_found(key: tuple[Path, str], tmp_path: Path) -> None:
    path, _ = key
    other = new_key(tmp_path / "other.key")
    with pytest.raises(VerificationFailed, match="signed with the key"):
        check_signature(_signed(path), other)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"head": 1}', "no json", '"x"', "[" * 10**5])
def test_what_is_no_signed_head_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match=r"'head\.json' is no signed head"):
        read_signed(text, "head.json")


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "ключ"])
def test_what_is_no_key_is_refused(key: tuple[Path, str], text: str, tmp_path: Path) -> None:
    path, _ = key
    with pytest.raises(InputRefused, match="public key"):
        check_signature(_signed(path), text)
    (tmp_path / "bad.key").write_text(text, "utf-8")
    with pytest.raises(InputRefused, match="no Ed25519 private key"):
        _signed(tmp_path / "bad.key")
    with pytest.raises(SetupError, match="cannot be read"):
        _signed(tmp_path / "no.key")
