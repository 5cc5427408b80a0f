"""Checks of the archived bytes and of the address: what is held, and how it came to be held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims.analysis.audit.case import Dossier, HeldText, LinkState
from claims.analysis.audit.defects import document_name, of_document, of_passage, of_snapshot
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.blank import NO_HASH
from claims.analysis.captured import CAPTURE, capture_known
from claims.analysis.records import Passage, Snapshot
from claims.analysis.wording import listed

SURE_ENOUGH = Decimal("0.9")
"""Below this confidence a digit that a machine read may be another one; ours."""


def bytes_altered(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """Archived bytes, or the text taken from them, are gone or not those that were recorded.

    Each copy is recorded with the SHA-256 of its bytes and of its text. When they differ, the
    file was damaged or exchanged, and no quote in it proves anything any more. When they are
    gone, nobody can look.

    What to do: put back a copy of the file whose SHA-256 is the recorded one, from a backup or
    a release. What is gone also comes back when the same file is archived once more (`claims
    document snapshot DOCUMENT FILE`); of a file that was altered, take it away first. What
    nobody shall hold any more is erased, not lost (`claims erase`).

    Limits: it compares with what is recorded; whether the record itself was changed is for
    `claims verify` to say. Where no archive folder is named, and of copies that were erased,
    nothing can be read: that is listed as not checked.
    """
    for snapshot in dossier.snapshots:
        held = dossier.held.get(snapshot.id, HeldText())
        if held.missing:
            yield _missing(dossier, snapshot, held.missing)
        elif held.bytes_ok is None:
            yield Unseen("snapshot", 1, _unread(snapshot))
        for what, recorded in _changed(snapshot, held):
            yield _altered(dossier, snapshot, what, recorded)


def _changed(snapshot: Snapshot, held: HeldText) -> Iterator[tuple[str, str]]:
    """What is not as it was recorded, with the SHA-256 that it should have."""
    if held.altered:
        recorded = {what: sha256 for sha256, what in snapshot.kept.items()}
        yield from ((what, recorded[what]) for what in held.altered)
    elif held.bytes_ok is False:
        yield "bytes", snapshot.sha256
    elif held.text is not None and _sha256(held.text) != snapshot.text_sha256:
        yield "text", snapshot.text_sha256


def _unread(snapshot: Snapshot) -> str:
    if snapshot.sha256 == NO_HASH:
        return "the copy was erased"
    return "its bytes were not read: no archive folder was named"


def _missing(dossier: Dossier, snapshot: Snapshot, missing: Sequence[str]) -> Defect:
    whose = document_name(dossier.document)
    return Defect(
        of_snapshot(snapshot, dossier.document),
        found=f"an archive that does not hold the {listed(missing)}",
        expected=f"all that was archived; the copy has the SHA-256 {snapshot.sha256}",
        fix="Put the files back from a backup, or archive the same file once more:"
        f" `claims document snapshot {whose} FILE`.",
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _altered(dossier: Dossier, snapshot: Snapshot, what: str, expected: str) -> Defect:
    return Defect(
        of_snapshot(snapshot, dossier.document),
        found=f"{what} with another SHA-256 than the one recorded",
        expected=f"{what} whose SHA-256 is {expected}",
        fix=f"Put back the copy that was archived, with its own {what}, and audit again.",
    )


_UNSEEN = {
    None: "no network was asked for",
    LinkState.UNREACHABLE: "the address gave no answer, which may pass",
    LinkState.REFUSED: "the address is none that is looked at",
}
"""Why it is not known whether an address is dead."""


def link_dead(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """The address of a document leads nowhere any more, and nothing of it is archived.

    A citation that nobody can follow cannot be checked, now or ever.

    What to do: look for the document in a web archive, archive what is found there, and give
    that address; or cite another copy.

    Limits: it looks only where network was asked for. An address that is dead while a copy is
    archived is in order. That an address answers does not mean that it still says the same.
    """
    address = dossier.document.csl.get("URL")
    if not address or dossier.snapshots:
        return
    if dossier.link in _UNSEEN:
        yield Unseen("document", 1, _UNSEEN[dossier.link])
    elif dossier.link is LinkState.DEAD:
        yield Defect(
            of_document(dossier.document),
            found=f"the address {address}, which is dead, and no archived copy",
            expected="an address that answers, or an archived copy",
            fix="Look for a copy in a web archive, archive it, and cite its address.",
        )


def custody_gap(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """An archived copy does not say who captured it, with what, or when.

    A copy proves what a page said only as far as its own history is known: who saved it, with
    which program and at what time. A gap is the first thing that is asked about in court.

    What to do: add `captured: {at, by, with}` to the document in its hand-coding file. Of a
    file that is archived, say them as it is added: `claims document add FILE --captured-at TIME
    --captured-by ROLE --captured-with PROGRAM`; of what is fetched they are recorded. Of a copy
    that is held already, archive the same file once more and say all three: `claims document
    snapshot DOCUMENT FILE --captured-at …`. Where nobody knows them any more, waive the finding.

    Limits: it sees whether one record of the same bytes has the three, not whether they are true.
    """
    if not dossier.snapshots:
        yield Unseen("document", 1, "no archived copy is held")
    told = [(one.sha256, capture_known(one)) for one in dossier.snapshots]
    whole = {sha256 for sha256, known in told if len(known) == len(CAPTURE)}
    for snapshot in dossier.snapshots:
        known = capture_known(snapshot)
        if snapshot.sha256 == NO_HASH:
            yield Unseen("snapshot", 1, "the copy was erased")
        elif snapshot.sha256 not in whole:
            missing = [words for part, words in CAPTURE.items() if part not in known]
            yield Defect(
                of_snapshot(snapshot, dossier.document),
                found=f"an archived copy without {listed(missing, 'or')}",
                expected="the time of capture, the person and the program",
                fix="Archive the same file once more and say all three: `claims document snapshot"
                f" {document_name(dossier.document)} FILE --captured-at TIME --captured-by ROLE"
                " --captured-with PROGRAM`; if nobody knows them, waive this and say so.",
            )


def doubtful_digits(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """A figure was read by a machine that was not sure of it.

    Optical character recognition takes 3 for 8 and 1 for 7, and a toll read wrongly looks like
    a rival figure.

    What to do: compare the words with the picture of the page, correct them, and say in
    `transcript_method` that a person read them; `ocr_confidence`, which was the machine's, is
    taken out (`claims claim edit CLAIM --transcript-method … --clear ocr_confidence`).

    Limits: it fires below a confidence of 0.9 (ours), and only for passages that hold digits and
    that a claim cites. Figures spelled out in words are not looked at.
    """
    cited = {passage for claim in dossier.claims for passage in claim.passages}
    for passage in dossier.passages:
        if passage.id not in cited or not _has_digits(passage):
            continue
        if passage.ocr_confidence is None:
            if _read_by_machine(passage):
                yield Unseen("passage", 1, "the machine's confidence is not recorded")
        elif passage.ocr_confidence < SURE_ENOUGH:
            yield Defect(
                of_passage(passage),
                found=f"digits that a machine read with confidence {passage.ocr_confidence}",
                expected=f"a confidence of at least {SURE_ENOUGH}, or a person’s reading",
                fix="Compare the words with the picture of the page; write who read them into"
                " “transcript_method”, and take “ocr_confidence” out.",
            )


def _has_digits(passage: Passage) -> bool:
    return any(sign.isdigit() for sign in passage.exact)


def _read_by_machine(passage: Passage) -> bool:
    return "ocr" in (passage.transcript_method or "").casefold()
