"""What a user wants done, one function each: the public Python API of a project's database.

Every action is ``f(session, actor, request, now) -> result``. It checks what the actor may do,
and never commits: the unit of work that the caller opened (``claims.store.unit``) does, when its
block ends.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

# Type checkers take this branch; the name is not taken from ``typing``, which costs start-up time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from claims.actions.actor import Actor as Actor
    from claims.actions.audit import AuditResult as AuditResult
    from claims.actions.audit import audit as audit
    from claims.actions.audit import keep_audit as keep_audit
    from claims.actions.audit_files import AuditFilesRequest as AuditFilesRequest
    from claims.actions.audit_files import audit_files as audit_files
    from claims.actions.audit_fix import Mend as Mend
    from claims.actions.audit_fix import MendRequest as MendRequest
    from claims.actions.audit_fix import mend as mend
    from claims.actions.audit_run import AuditRequest as AuditRequest
    from claims.actions.backup import BackupRequest as BackupRequest
    from claims.actions.backup import BackupResult as BackupResult
    from claims.actions.backup import backup as backup
    from claims.actions.bibliography import BibliographyRequest as BibliographyRequest
    from claims.actions.bibliography import BibliographyResult as BibliographyResult
    from claims.actions.bibliography import CitedRequest as CitedRequest
    from claims.actions.bibliography import cited_items as cited_items
    from claims.actions.bibliography import import_bibliography as import_bibliography
    from claims.actions.check_quote import AskedQuote as AskedQuote
    from claims.actions.check_quote import CheckQuoteRequest as CheckQuoteRequest
    from claims.actions.check_quote import QuotesChecked as QuotesChecked
    from claims.actions.check_quote import check_quote as check_quote
    from claims.actions.copy_export import CopyExportRequest as CopyExportRequest
    from claims.actions.copy_export import CopyExportResult as CopyExportResult
    from claims.actions.copy_export import export_copies as export_copies
    from claims.actions.coverage import DocumentCoverage as DocumentCoverage
    from claims.actions.coverage import coverage as coverage
    from claims.actions.coverage import covered as covered
    from claims.actions.custody import Checked as Checked
    from claims.actions.custody import CheckFault as CheckFault
    from claims.actions.custody import CheckRequest as CheckRequest
    from claims.actions.custody import CustodyAddRequest as CustodyAddRequest
    from claims.actions.custody import CustodyEntry as CustodyEntry
    from claims.actions.custody import CustodyRequest as CustodyRequest
    from claims.actions.custody import add_custody as add_custody
    from claims.actions.custody import check_copies as check_copies
    from claims.actions.custody import custody_log as custody_log
    from claims.actions.custody import note_checks as note_checks
    from claims.actions.demo import DemoRequest as DemoRequest
    from claims.actions.demo import demo as demo
    from claims.actions.demo import seeds as seeds
    from claims.actions.doctor import DoctorRequest as DoctorRequest
    from claims.actions.doctor import doctor as doctor
    from claims.actions.edit import EditRequest as EditRequest
    from claims.actions.edit import edit as edit
    from claims.actions.effects import Effect as Effect
    from claims.actions.entry import AddRequest as AddRequest
    from claims.actions.entry import add as add
    from claims.actions.entry_write import Written as Written
    from claims.actions.entry_write import WrittenItem as WrittenItem
    from claims.actions.erase import EraseRequest as EraseRequest
    from claims.actions.erase import EraseResult as EraseResult
    from claims.actions.erase import erase as erase
    from claims.actions.export import ExportRequest as ExportRequest
    from claims.actions.export import ExportResult as ExportResult
    from claims.actions.export import export as export
    from claims.actions.history import HistoryRequest as HistoryRequest
    from claims.actions.history import HistoryResult as HistoryResult
    from claims.actions.history import history as history
    from claims.actions.importing import ImportRequest as ImportRequest
    from claims.actions.importing import ImportResult as ImportResult
    from claims.actions.importing import import_table as import_table
    from claims.actions.init import InitRequest as InitRequest
    from claims.actions.init import InitResult as InitResult
    from claims.actions.init import acting as acting
    from claims.actions.init import beginner as beginner
    from claims.actions.init import check_init as check_init
    from claims.actions.init import init as init
    from claims.actions.later import RetractRequest as RetractRequest
    from claims.actions.later import SupersedeRequest as SupersedeRequest
    from claims.actions.later import retract as retract
    from claims.actions.later import supersede as supersede
    from claims.actions.links import LinksRequest as LinksRequest
    from claims.actions.links import LinksResult as LinksResult
    from claims.actions.links import check_links as check_links
    from claims.actions.listing import Listed as Listed
    from claims.actions.listing import ListRequest as ListRequest
    from claims.actions.listing import listed as listed
    from claims.actions.load import FieldChange as FieldChange
    from claims.actions.load import LoadItem as LoadItem
    from claims.actions.load import LoadRequest as LoadRequest
    from claims.actions.load import LoadResult as LoadResult
    from claims.actions.load import State as State
    from claims.actions.load import load as load
    from claims.actions.merge import MergeRequest as MergeRequest
    from claims.actions.merge import MergeResult as MergeResult
    from claims.actions.merge import UnmergeRequest as UnmergeRequest
    from claims.actions.merge import merge as merge
    from claims.actions.merge import merges as merges
    from claims.actions.merge import unmerge as unmerge
    from claims.actions.page_texts import PageTextsRequest as PageTextsRequest
    from claims.actions.page_texts import page_texts as page_texts
    from claims.actions.people import PersonRequest as PersonRequest
    from claims.actions.people import PersonResult as PersonResult
    from claims.actions.people import add_contributor as add_contributor
    from claims.actions.people import contributor as contributor
    from claims.actions.people import contributor_history as contributor_history
    from claims.actions.people import contributors as contributors
    from claims.actions.people import edit_contributor as edit_contributor
    from claims.actions.proposing import Proposed as Proposed
    from claims.actions.proposing import ProposeRequest as ProposeRequest
    from claims.actions.proposing import propose_claim as propose_claim
    from claims.actions.read_document import ReadClaim as ReadClaim
    from claims.actions.read_document import ReadRequest as ReadRequest
    from claims.actions.read_document import ReadSentence as ReadSentence
    from claims.actions.read_document import ReadText as ReadText
    from claims.actions.read_document import read_document as read_document
    from claims.actions.reanchor import ReanchorItem as ReanchorItem
    from claims.actions.reanchor import ReanchorRequest as ReanchorRequest
    from claims.actions.reanchor import ReanchorResult as ReanchorResult
    from claims.actions.reanchor import reanchor as reanchor
    from claims.actions.release import ReleaseRequest as ReleaseRequest
    from claims.actions.release import ReleaseResult as ReleaseResult
    from claims.actions.release import release as release
    from claims.actions.removal import BringBackRequest as BringBackRequest
    from claims.actions.removal import RemoveRequest as RemoveRequest
    from claims.actions.removal import bring_back as bring_back
    from claims.actions.removal import remove as remove
    from claims.actions.report import ReportRequest as ReportRequest
    from claims.actions.report import report as report
    from claims.actions.report_data import LinkedDataRequest as LinkedDataRequest
    from claims.actions.report_data import linked_data as linked_data
    from claims.actions.report_page import PageRequest as PageRequest
    from claims.actions.report_page import page as page
    from claims.actions.restore import RestoreRequest as RestoreRequest
    from claims.actions.restore import RestoreResult as RestoreResult
    from claims.actions.restore import restore as restore
    from claims.actions.retractions import RetractedDocument as RetractedDocument
    from claims.actions.retractions import RetractionsRequest as RetractionsRequest
    from claims.actions.retractions import retractions as retractions
    from claims.actions.review import ReviewRequest as ReviewRequest
    from claims.actions.review import ReviewResult as ReviewResult
    from claims.actions.review import ReviewsRequest as ReviewsRequest
    from claims.actions.review import review_claims as review_claims
    from claims.actions.review import reviews as reviews
    from claims.actions.search import Hit as Hit
    from claims.actions.search import SearchRequest as SearchRequest
    from claims.actions.search import SearchResult as SearchResult
    from claims.actions.search import search as search
    from claims.actions.showing import Shown as Shown
    from claims.actions.showing import ShowRequest as ShowRequest
    from claims.actions.showing import show as show
    from claims.actions.similar import suggestions as suggestions
    from claims.actions.snapshots import Copies as Copies
    from claims.actions.snapshots import Copy as Copy
    from claims.actions.snapshots import SnapshotRequest as SnapshotRequest
    from claims.actions.snapshots import SnapshotsRequest as SnapshotsRequest
    from claims.actions.snapshots import add_snapshot as add_snapshot
    from claims.actions.snapshots import snapshots as snapshots
    from claims.actions.topics import TopicLine as TopicLine
    from claims.actions.topics import TopicsRequest as TopicsRequest
    from claims.actions.topics import topics as topics
    from claims.actions.undo import UndoItem as UndoItem
    from claims.actions.undo import Undone as Undone
    from claims.actions.undo import UndoRequest as UndoRequest
    from claims.actions.undo import UndoResult as UndoResult
    from claims.actions.undo import undo as undo
    from claims.actions.verify import HeadRequest as HeadRequest
    from claims.actions.verify import HeadResult as HeadResult
    from claims.actions.verify import SignRequest as SignRequest
    from claims.actions.verify import VerifyRequest as VerifyRequest
    from claims.actions.verify import head as head
    from claims.actions.verify import sign_head as sign_head
    from claims.actions.verify import verify as verify
    from claims.actions.waivers import UnwaiveRequest as UnwaiveRequest
    from claims.actions.waivers import WaiveRequest as WaiveRequest
    from claims.actions.waivers import WaiverLine as WaiverLine
    from claims.actions.waivers import unwaive as unwaive
    from claims.actions.waivers import waive as waive
    from claims.actions.waivers import waivers as waivers

_ROOMS = {
    "actor": "Actor",
    "audit": "AuditResult audit keep_audit",
    "audit_files": "AuditFilesRequest audit_files",
    "audit_fix": "Mend MendRequest mend",
    "audit_run": "AuditRequest",
    "backup": "BackupRequest BackupResult backup",
    "check_quote": "AskedQuote CheckQuoteRequest QuotesChecked check_quote",
    "copy_export": "CopyExportRequest CopyExportResult export_copies",
    "custody": (
        "Checked CheckFault CheckRequest CustodyAddRequest CustodyEntry CustodyRequest"
        " add_custody check_copies custody_log note_checks"
    ),
    "reanchor": "ReanchorItem ReanchorRequest ReanchorResult reanchor",
    "snapshots": "Copies Copy SnapshotRequest SnapshotsRequest add_snapshot snapshots",
    "bibliography": "BibliographyRequest BibliographyResult CitedRequest cited_items"
    " import_bibliography",
    "coverage": "DocumentCoverage coverage covered",
    "demo": "DemoRequest demo seeds",
    "doctor": "DoctorRequest doctor",
    "edit": "EditRequest edit",
    "effects": "Effect",
    "entry": "AddRequest add",
    "entry_write": "Written WrittenItem",
    "erase": "EraseRequest EraseResult erase",
    "export": "ExportRequest ExportResult export",
    "history": "HistoryRequest HistoryResult history",
    "importing": "ImportRequest ImportResult import_table",
    "init": "InitRequest InitResult acting beginner check_init init",
    "later": "RetractRequest SupersedeRequest retract supersede",
    "links": "LinksRequest LinksResult check_links",
    "listing": "Listed ListRequest listed",
    "load": "FieldChange LoadItem LoadRequest LoadResult State load",
    "merge": "MergeRequest MergeResult UnmergeRequest merge merges unmerge",
    "page_texts": "PageTextsRequest page_texts",
    "people": "PersonRequest PersonResult add_contributor contributor contributor_history"
    " contributors edit_contributor",
    "proposing": "Proposed ProposeRequest propose_claim",
    "read_document": "ReadClaim ReadRequest ReadSentence ReadText read_document",
    "release": "ReleaseRequest ReleaseResult release",
    "removal": "BringBackRequest RemoveRequest bring_back remove",
    "report": "ReportRequest report",
    "report_data": "LinkedDataRequest linked_data",
    "report_page": "PageRequest page",
    "restore": "RestoreRequest RestoreResult restore",
    "retractions": "RetractedDocument RetractionsRequest retractions",
    "review": "ReviewRequest ReviewResult ReviewsRequest review_claims reviews",
    "search": "Hit SearchRequest SearchResult search",
    "showing": "Shown ShowRequest show",
    "similar": "suggestions",
    "topics": "TopicLine TopicsRequest topics",
    "undo": "UndoItem Undone UndoRequest UndoResult undo",
    "verify": "HeadRequest HeadResult SignRequest VerifyRequest head sign_head verify",
    "waivers": "UnwaiveRequest WaiveRequest WaiverLine unwaive waive waivers",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = sorted(_HOMES)  # noqa: PLE0605 -- a list, though not a literal


class _Door(ModuleType):
    """Imports a name when it is first asked for: no command pays for what it does not use.

    A name is never the module of the same name that holds it (``edit`` in ``edit.py``).
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


if not TYPE_CHECKING:  # or they would take any name for a public one

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for, and keep it."""
        if name not in _HOMES:
            message = f"module 'claims.actions' has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(import_module(f"claims.actions.{_HOMES[name]}"), name)
        globals()[name] = value
        return value

    sys.modules[__name__].__class__ = _Door


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*__all__, *globals()})
