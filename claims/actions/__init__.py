"""What a user wants done, one function each: the public Python API of a project's database.

Every action is ``f(session, actor, request, now) -> result``. It checks what the actor may do,
and never commits: the unit of work that the caller opened (``claims.store.unit``) does, when its
block ends.
"""

from __future__ import annotations

from claims.actions.actor import Actor
from claims.actions.backup import BackupRequest, BackupResult, backup
from claims.actions.coverage import DocumentCoverage, coverage, covered
from claims.actions.demo import DemoRequest, demo, seeds
from claims.actions.doctor import DoctorRequest, doctor
from claims.actions.edit import EditRequest, edit
from claims.actions.effects import Effect
from claims.actions.entry import AddRequest, add
from claims.actions.entry_write import Written, WrittenItem
from claims.actions.erase import EraseRequest, EraseResult, erase
from claims.actions.history import HistoryRequest, HistoryResult, history
from claims.actions.init import InitRequest, InitResult, acting, beginner, check_init, init
from claims.actions.later import RetractRequest, SupersedeRequest, retract, supersede
from claims.actions.listing import Listed, ListRequest, listed
from claims.actions.load import FieldChange, LoadItem, LoadRequest, LoadResult, State, load
from claims.actions.merge import MergeRequest, MergeResult, UnmergeRequest, merge, merges, unmerge
from claims.actions.people import (
    PersonRequest,
    PersonResult,
    add_contributor,
    contributor,
    contributor_history,
    contributors,
    edit_contributor,
)
from claims.actions.removal import BringBackRequest, RemoveRequest, bring_back, remove
from claims.actions.report import ReportRequest, report
from claims.actions.restore import RestoreRequest, RestoreResult, restore
from claims.actions.review import (
    ReviewRequest,
    ReviewResult,
    ReviewsRequest,
    review_claims,
    reviews,
)
from claims.actions.search import Hit, SearchRequest, SearchResult, search
from claims.actions.showing import Shown, ShowRequest, show
from claims.actions.similar import suggestions
from claims.actions.topics import TopicLine, TopicsRequest, topics
from claims.actions.undo import UndoItem, Undone, UndoRequest, UndoResult, undo
from claims.actions.verify import (
    HeadRequest,
    HeadResult,
    SignRequest,
    VerifyRequest,
    head,
    sign_head,
    verify,
)

__all__ = [
    "Actor",
    "AddRequest",
    "BackupRequest",
    "BackupResult",
    "BringBackRequest",
    "DemoRequest",
    "DoctorRequest",
    "DocumentCoverage",
    "EditRequest",
    "Effect",
    "EraseRequest",
    "EraseResult",
    "FieldChange",
    "HeadRequest",
    "HeadResult",
    "HistoryRequest",
    "HistoryResult",
    "Hit",
    "InitRequest",
    "InitResult",
    "ListRequest",
    "Listed",
    "LoadItem",
    "LoadRequest",
    "LoadResult",
    "MergeRequest",
    "MergeResult",
    "PersonRequest",
    "PersonResult",
    "RemoveRequest",
    "ReportRequest",
    "RestoreRequest",
    "RestoreResult",
    "RetractRequest",
    "ReviewRequest",
    "ReviewResult",
    "ReviewsRequest",
    "SearchRequest",
    "SearchResult",
    "ShowRequest",
    "Shown",
    "SignRequest",
    "State",
    "SupersedeRequest",
    "TopicLine",
    "TopicsRequest",
    "UndoItem",
    "UndoRequest",
    "UndoResult",
    "Undone",
    "UnmergeRequest",
    "VerifyRequest",
    "Written",
    "WrittenItem",
    "acting",
    "add",
    "add_contributor",
    "backup",
    "beginner",
    "bring_back",
    "check_init",
    "contributor",
    "contributor_history",
    "contributors",
    "coverage",
    "covered",
    "demo",
    "doctor",
    "edit",
    "edit_contributor",
    "erase",
    "head",
    "history",
    "init",
    "listed",
    "load",
    "merge",
    "merges",
    "remove",
    "report",
    "restore",
    "retract",
    "review_claims",
    "reviews",
    "search",
    "seeds",
    "show",
    "sign_head",
    "suggestions",
    "supersede",
    "topics",
    "undo",
    "unmerge",
    "verify",
]
