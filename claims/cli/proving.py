"""``claims verify`` and ``claims head``: what they print."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from claims import actions
from claims.actions.verify import (
    HeadRequest,
    SignRequest,
    VerifyRequest,
    sign_head,
    to_verify,
)
from claims.actions.verify import head as tell_head
from claims.actions.verify import verify as prove
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import OK
from claims.cli.printing import print_json, print_pairs, say
from claims.errors import InputRefused, VerificationFailed
from claims.report.inert import inert
from claims.store.breaks import Break, Check
from claims.store.history import Head
from claims.store.signing import SignedHead, read_signed
from claims.store.signing import new_key as make_key
from claims.store.unit import read_unit
from claims.store.verify import Progress

_UNKEPT = (
    "Not checked: whether the whole file was put back to an earlier copy, or the history made"
    " anew from some change on. Only a head that was kept elsewhere can tell: keep the line above,"
    " and give it with --head next time."
)
_UNOPENED = (
    "Not checked: whether the archived files are still there and unaltered; they stand outside the"
    " database: `claims document check`."
)
_UNSIGNED = (
    "Not checked: who signed the head. The key in the file fits its signature, but anybody can"
    " make a key; give the public key that you know with --key."
)


# --- verify -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to compare with and how much to print, as the flags say."""

    kept: str | None
    key: str | None
    limit: int
    progress: bool


def verify(ground: Ground, wanted: Wanted, *, as_json: bool) -> int:
    """Verify the database and print what was found; 5 where something is wrong."""
    settings = existing(ground.settings())
    head, key = None if wanted.kept is None else _kept(wanted.kept), wanted.key
    if key is not None and not isinstance(head, SignedHead):
        message = "a key belongs to a signed head; give its file with --head"
        raise InputRefused(message)
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        with _bar(to_verify(session, actor) if wanted.progress else 0) as tell:
            request = VerifyRequest(kept=head, key=key, limit=wanted.limit, progress=tell)
            found = prove(session, actor, request, now())
    if as_json:
        print_json(_check_as_json(found, head, key))
    else:
        _describe(found, head, key)
    return OK if found.intact else VerificationFailed.exit_code


@contextmanager
def _bar(total: int) -> Iterator[Progress | None]:
    """A bar on standard error, where a person is looking and there is something to wait for."""
    if not total or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only a terminal pays for it
    from rich.progress import Progress as Bar  # noqa: PLC0415 -- as above

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Verifying", total=total)
        yield lambda some: bar.advance(task, some)


def _kept(text: str) -> Head | SignedHead:
    """The head that was kept: ``SEQ:HASH``, a hash alone, or the file of a signed one."""
    bare = re.fullmatch(r"(?:([0-9]{1,18})[: ])?([0-9a-fA-F]{64})", text.strip())
    if bare:
        return Head(int(bare[1] or 0), bare[2].lower())
    path = Path(text)
    try:
        if path.is_file():
            return read_signed(path.read_text("utf-8"), text)
    except (OSError, UnicodeDecodeError) as error:
        message = f"'{text}' cannot be read as the file of a signed head: {error}"
        raise InputRefused(message) from error
    message = (
        f"{text!r} is no head; expected SEQ:HASH as `claims head` prints it (the hash has 64"
        " hexadecimal digits), the hash alone, or the file of a signed head"
    )
    raise InputRefused(message)


def _describe(found: Check, kept: Head | SignedHead | None, key: str | None) -> None:
    _describe_breaks(found)
    for erased in found.erased:
        why = erased.reason or "no reason given"
        line = f"{_noun(erased.entity)} {erased.record} erased by {erased.actor} on"
        say(inert(f"{line} {erased.at[:10]}: {why}"))
    counted = f"{found.changes:,} changes and {found.records:,} records"
    if found.intact:
        say(f"Everything adds up: {counted}.")
    else:
        places = "1 place" if found.total == 1 else f"{found.total:,} places"
        say(f"Does not add up in {places}: {counted} were looked at.")
    say(f"Head: {found.head.seq}:{found.head.hash}")
    if kept is not None and found.intact:
        say(_met(kept))
    for one in _not_checked(kept, key):
        say(one)


def _describe_breaks(found: Check) -> None:
    for one in found.breaks:
        say(inert(str(one)))
    if found.total > len(found.breaks):
        say(f"… and {found.total - len(found.breaks):,} more; --limit lists more of them")
    if found.breaks:
        say()


def _not_checked(kept: Head | SignedHead | None, key: str | None) -> list[str]:
    """What no look at the database tells, or none without a kept head and a known key."""
    if kept is None:
        return [_UNKEPT, _UNOPENED]
    unsigned = isinstance(kept, SignedHead) and key is None
    return [_UNSIGNED, _UNOPENED] if unsigned else [_UNOPENED]


def _met(kept: Head | SignedHead) -> str:
    if isinstance(kept, SignedHead):
        return inert(f"The head signed on {_short(kept.at)} UTC with {kept.key} is part of it.")
    return "The head that was kept is part of it."


def _check_as_json(
    found: Check, kept: Head | SignedHead | None, key: str | None
) -> dict[str, object]:
    signed = kept if isinstance(kept, SignedHead) else None
    return {
        "intact": found.intact,
        "changes": found.changes,
        "records": found.records,
        "head": {"seq": found.head.seq, "hash": found.head.hash},
        "kept": None if found.kept is None else {"seq": found.kept.seq, "hash": found.kept.hash},
        "signed": None if signed is None else {"at": signed.at, "key": signed.key},
        "breaks": [_break_as_json(one) for one in found.breaks],
        "breaks_in_all": found.total,
        "erased": [{**asdict(one), "record": str(one.record)} for one in found.erased],
        "not_checked": _not_checked(kept, key),
    }


def _break_as_json(one: Break) -> dict[str, object]:
    told = asdict(one)
    record = None if one.record is None else str(one.record)
    return {**told, "seq": one.seq or None, "record": record, "told": str(one)}


def _noun(entity: str) -> str:
    return entity.replace("_", " ")


def _short(at: str) -> str:
    """A time to the minute, in UTC."""
    return f"{at[:10]} {at[11:16]}"


# --- head ---------------------------------------------------------------------------------------


def head(ground: Ground, sign: Path | None, *, as_json: bool) -> None:
    """Print the head, or a signed one as the JSON that belongs into a file."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        if sign is not None:
            print_json(sign_head(session, actor, SignRequest(key=sign), now()).as_json())
            return
        found = tell_head(session, actor, HeadRequest(), now())
    if as_json:
        told = {"seq": found.head.seq, "hash": found.head.hash, "project": str(found.project)}
        print_json(told)
    else:
        say(f"{found.head.seq}:{found.head.hash}")


def new_key(path: Path, *, as_json: bool) -> None:
    """Make a private key and print the public one."""
    public = make_key(path)
    if as_json:
        print_json({"private": str(path), "public": public})
        return
    print_pairs([("Private key", inert(str(path))), ("Public key", public)])
    say("Keep the private key where nobody else reads it, and no copy of the database beside it.")
    say("Give the public key to whoever shall check: claims verify --head FILE --key PUBLIC")
