"""What a user wants done, one function each: the public Python API of a project's database.

Every action is ``f(session, actor, request, now) -> result``. It checks what the actor may do,
and never commits: the unit of work that the caller opened (``claims.store.unit``) does, when its
block ends.
"""

from __future__ import annotations

from claims.actions.actor import Actor
from claims.actions.coverage import DocumentCoverage, coverage, covered
from claims.actions.demo import DemoRequest, demo, seeds
from claims.actions.init import InitRequest, InitResult, acting, beginner, check_init, init
from claims.actions.load import FieldChange, LoadItem, LoadRequest, LoadResult, State, load
from claims.actions.report import ReportRequest, report
from claims.actions.topics import TopicLine, TopicsRequest, topics
from claims.actions.undo import Undone, UndoItem, UndoRequest, UndoResult, undo

__all__ = [
    "Actor",
    "DemoRequest",
    "DocumentCoverage",
    "FieldChange",
    "InitRequest",
    "InitResult",
    "LoadItem",
    "LoadRequest",
    "LoadResult",
    "ReportRequest",
    "State",
    "TopicLine",
    "TopicsRequest",
    "UndoItem",
    "UndoRequest",
    "UndoResult",
    "Undone",
    "acting",
    "beginner",
    "check_init",
    "coverage",
    "covered",
    "demo",
    "init",
    "load",
    "report",
    "seeds",
    "topics",
    "undo",
]
