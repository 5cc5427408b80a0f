"""The first schema: entities, their ordered parts, the history.

Revision 0001. Its reasons are in docs/decisions/0008-store.md.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""64 bits; SQLite takes only the word INTEGER for a row's own number."""

TABLES = (
    "baseline",
    "contributor",
    "head",
    "party",
    "payload",
    "place",
    "project",
    "term",
    "waiver",
    "change",
    "source",
    "term_relation",
    "topic",
    "cross_check",
    "document",
    "opposition",
    "question",
    "claim",
    "cross_check_question",
    "merge",
    "snapshot",
    "source_relation",
    "assessment",
    "cross_check_claim",
    "custody",
    "passage",
    "relation_override",
    "speaker",
    "claim_passage",
)
"""Each after the tables it refers to."""


def upgrade() -> None:
    """Make all tables, and the head of a log that holds nothing yet."""
    _baseline()
    _contributor()
    _head()
    _party()
    _payload()
    _place()
    _project()
    _term()
    _waiver()
    _change()
    _source()
    _term_relation()
    _topic()
    _cross_check()
    _document()
    _opposition()
    _question()
    _claim()
    _cross_check_question()
    _merge()
    _snapshot()
    _source_relation()
    _assessment()
    _cross_check_claim()
    _custody()
    _passage()
    _relation_override()
    _speaker()
    _claim_passage()
    head = sa.table("head", sa.column("pk"), sa.column("seq"), sa.column("hash"))
    op.bulk_insert(head, [{"pk": 1, "seq": 0, "hash": "0" * 64}])


def downgrade() -> None:
    """Take all tables away."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _baseline() -> None:
    op.create_table(
        "baseline",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("namespace", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_baseline_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_baseline_created_by_filled")),
        sa.CheckConstraint("entity <> ''", name=op.f("ck_baseline_entity_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_baseline_content_hash")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_baseline")),
        sa.UniqueConstraint("namespace", "record", name=op.f("uq_baseline_namespace_record")),
    )


def _contributor() -> None:
    op.create_table(
        "contributor",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("clearance", sa.String(), nullable=False),
        sa.CheckConstraint(
            "clearance IN ('public', 'team', 'restricted')", name=op.f("ck_contributor_clearance")
        ),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_contributor_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_contributor_created_by_filled")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_contributor_name_filled")),
        sa.CheckConstraint(
            "role IN ('reader', 'enterer', 'reviewer', 'administrator')",
            name=op.f("ck_contributor_role"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_contributor_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contributor_version")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_contributor")),
        sa.UniqueConstraint("id", name=op.f("uq_contributor_id")),
        sa.UniqueConstraint("name", name=op.f("uq_contributor_name")),
    )


def _head() -> None:
    op.create_table(
        "head",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_head_hash")),
        sa.CheckConstraint("pk = 1", name=op.f("ck_head_only")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_head_seq")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_head")),
    )


def _party() -> None:
    op.create_table(
        "party",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_party_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_party_created_by_filled")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_party_name_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_party_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_party_version")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_party")),
        sa.UniqueConstraint("id", name=op.f("uq_party_id")),
    )


def _payload() -> None:
    op.create_table(
        "payload",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.CheckConstraint("(salt IS NULL) = (text IS NULL)", name=op.f("ck_payload_erased")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_payload_hash")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_payload")),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("gazetteer", sa.String(), nullable=True),
        sa.Column("latitude", sa.String(), nullable=True),
        sa.Column("longitude", sa.String(), nullable=True),
        sa.Column("uncertainty", sa.String(), nullable=True),
        sa.Column("part_of_pk", WHOLE, nullable=True),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_place_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_place_created_by_filled")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_place_name_filled")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_point")),
        sa.CheckConstraint(
            "latitude IS NULL OR CAST(latitude AS DOUBLE PRECISION) BETWEEN -90 AND 90",
            name=op.f("ck_place_latitude"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_place_content_hash")),
        sa.CheckConstraint(
            "longitude IS NULL OR CAST(longitude AS DOUBLE PRECISION) BETWEEN -180 AND 180",
            name=op.f("ck_place_longitude"),
        ),
        sa.CheckConstraint("part_of_pk <> pk", name=op.f("ck_place_part_of_pk_pk")),
        sa.CheckConstraint(
            "uncertainty IS NULL OR CAST(uncertainty AS DOUBLE PRECISION) >= 0",
            name=op.f("ck_place_uncertainty"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_place_version")),
        sa.ForeignKeyConstraint(["part_of_pk"], ["place.pk"], name=op.f("fk_place_part_of_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_place")),
        sa.UniqueConstraint("id", name=op.f("uq_place_id")),
    )
    op.create_index(op.f("ix_place_part_of_pk"), "place", ["part_of_pk"], unique=False)


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_project_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_project_created_by_filled")),
        sa.CheckConstraint("locale <> ''", name=op.f("ck_project_locale_filled")),
        sa.CheckConstraint("profile <> ''", name=op.f("ck_project_profile_filled")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_project_title_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_project_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_project_version")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_project")),
        sa.UniqueConstraint("id", name=op.f("uq_project_id")),
    )


def _term() -> None:
    op.create_table(
        "term",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=True),
        sa.Column("broader_pk", WHOLE, nullable=True),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_term_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_term_created_by_filled")),
        sa.CheckConstraint("label <> ''", name=op.f("ck_term_label_filled")),
        sa.CheckConstraint("broader_pk <> pk", name=op.f("ck_term_broader_pk_pk")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_term_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_term_version")),
        sa.ForeignKeyConstraint(["broader_pk"], ["term.pk"], name=op.f("fk_term_broader_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_term")),
        sa.UniqueConstraint("id", name=op.f("uq_term_id")),
    )
    op.create_index(op.f("ix_term_broader_pk"), "term", ["broader_pk"], unique=False)


def _waiver() -> None:
    op.create_table(
        "waiver",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("target", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_waiver_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_waiver_created_by_filled")),
        sa.CheckConstraint("granted_by <> ''", name=op.f("ck_waiver_granted_by_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_waiver_reason_filled")),
        sa.CheckConstraint("until <> ''", name=op.f("ck_waiver_until_filled")),
        sa.CheckConstraint("\"check\" <> ''", name=op.f("ck_waiver_check_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_waiver_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_waiver_version")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_waiver")),
        sa.UniqueConstraint("id", name=op.f("uq_waiver_id")),
    )
    op.create_index(op.f("ix_waiver_target"), "waiver", ["target"], unique=False)


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("before_pk", WHOLE, nullable=True),
        sa.Column("after_pk", WHOLE, nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_change_actor_filled")),
        sa.CheckConstraint("at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_change_at")),
        sa.CheckConstraint("entity <> ''", name=op.f("ck_change_entity_filled")),
        sa.CheckConstraint(
            "before_pk IS NOT NULL OR after_pk IS NOT NULL", name=op.f("ck_change_payload")
        ),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_change_hash")),
        sa.CheckConstraint("length(previous) = 64", name=op.f("ck_change_previous")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_change_seq")),
        sa.ForeignKeyConstraint(["after_pk"], ["payload.pk"], name=op.f("fk_change_after_pk")),
        sa.ForeignKeyConstraint(["before_pk"], ["payload.pk"], name=op.f("fk_change_before_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_change")),
        sa.UniqueConstraint("seq", name=op.f("uq_change_seq")),
    )
    op.create_index("ix_change_record", "change", ["record", "seq"], unique=False)


def _source() -> None:
    op.create_table(
        "source",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("identifiers", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("party_pk", WHOLE, nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("way_of_knowing", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_source_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_source_created_by_filled")),
        sa.CheckConstraint(
            "kind IN ('ngo', 'newspaper', 'belligerent', 'witness', 'state', 'igo',"
            " 'court', 'encyclopedia', 'academic', 'dataset', 'unknown')",
            name=op.f("ck_source_kind"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_source_name_filled")),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'team', 'restricted')", name=op.f("ck_source_sensitivity")
        ),
        sa.CheckConstraint(
            "way_of_knowing IN ('witnessed', 'told', 'deduced', 'induced', 'cannot_be_judged')",
            name=op.f("ck_source_way_of_knowing"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_source_content_hash")),
        sa.CheckConstraint("named IN (TRUE, FALSE)", name=op.f("ck_source_named")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_source_version")),
        sa.ForeignKeyConstraint(["party_pk"], ["party.pk"], name=op.f("fk_source_party_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_source")),
        sa.UniqueConstraint("id", name=op.f("uq_source_id")),
    )
    op.create_index(op.f("ix_source_party_pk"), "source", ["party_pk"], unique=False)


def _term_relation() -> None:
    op.create_table(
        "term_relation",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("a_pk", WHOLE, nullable=False),
        sa.Column("b_pk", WHOLE, nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'",
            name=op.f("ck_term_relation_created_at"),
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_term_relation_created_by_filled")),
        sa.CheckConstraint(
            "link IN ('reconcilable', 'exclusive')", name=op.f("ck_term_relation_link")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_term_relation_reason_filled")),
        sa.CheckConstraint("a_pk <> b_pk", name=op.f("ck_term_relation_a_pk_b_pk")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_term_relation_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_term_relation_version")),
        sa.ForeignKeyConstraint(["a_pk"], ["term.pk"], name=op.f("fk_term_relation_a_pk")),
        sa.ForeignKeyConstraint(["b_pk"], ["term.pk"], name=op.f("fk_term_relation_b_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_term_relation")),
        sa.UniqueConstraint("id", name=op.f("uq_term_relation_id")),
    )
    op.create_index(op.f("ix_term_relation_a_pk"), "term_relation", ["a_pk"], unique=False)
    op.create_index(op.f("ix_term_relation_b_pk"), "term_relation", ["b_pk"], unique=False)


def _topic() -> None:
    op.create_table(
        "topic",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("part_of_pk", WHOLE, nullable=True),
        sa.Column("dates", sa.String(), nullable=True),
        sa.Column("place_pk", WHOLE, nullable=True),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_topic_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_topic_created_by_filled")),
        sa.CheckConstraint("label <> ''", name=op.f("ck_topic_label_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_topic_content_hash")),
        sa.CheckConstraint("part_of_pk <> pk", name=op.f("ck_topic_part_of_pk_pk")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_topic_version")),
        sa.ForeignKeyConstraint(["part_of_pk"], ["topic.pk"], name=op.f("fk_topic_part_of_pk")),
        sa.ForeignKeyConstraint(["place_pk"], ["place.pk"], name=op.f("fk_topic_place_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_topic")),
        sa.UniqueConstraint("id", name=op.f("uq_topic_id")),
    )
    op.create_index(op.f("ix_topic_part_of_pk"), "topic", ["part_of_pk"], unique=False)


def _cross_check() -> None:
    op.create_table(
        "cross_check",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic_pk", WHOLE, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_cross_check_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_cross_check_created_by_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_cross_check_reason_filled")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_cross_check_text_filled")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_cross_check_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_cross_check_version")),
        sa.ForeignKeyConstraint(["topic_pk"], ["topic.pk"], name=op.f("fk_cross_check_topic_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_cross_check")),
        sa.UniqueConstraint("id", name=op.f("uq_cross_check_id")),
    )
    op.create_index(op.f("ix_cross_check_topic_pk"), "cross_check", ["topic_pk"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("csl", sa.String(), nullable=False),
        sa.Column("voice_pk", WHOLE, nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("quotation_limit", sa.Integer(), nullable=True),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_document_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_document_created_by_filled")),
        sa.CheckConstraint("language <> ''", name=op.f("ck_document_language_filled")),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'team', 'restricted')", name=op.f("ck_document_sensitivity")
        ),
        sa.CheckConstraint(
            "status IN ('current', 'corrected', 'superseded', 'retracted')",
            name=op.f("ck_document_status"),
        ),
        sa.CheckConstraint(
            "tier IN ('primary', 'secondary', 'tertiary')", name=op.f("ck_document_tier")
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_document_content_hash")),
        sa.CheckConstraint("quotation_limit >= 0", name=op.f("ck_document_quotation_limit")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_document_version")),
        sa.ForeignKeyConstraint(["voice_pk"], ["source.pk"], name=op.f("fk_document_voice_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_document")),
        sa.UniqueConstraint("id", name=op.f("uq_document_id")),
    )
    op.create_index(op.f("ix_document_voice_pk"), "document", ["voice_pk"], unique=False)


def _opposition() -> None:
    op.create_table(
        "opposition",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("a_pk", WHOLE, nullable=False),
        sa.Column("b_pk", WHOLE, nullable=False),
        sa.Column("topic_pk", WHOLE, nullable=True),
        sa.Column("during", sa.String(), nullable=True),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_opposition_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_opposition_created_by_filled")),
        sa.CheckConstraint("a_pk <> b_pk", name=op.f("ck_opposition_a_pk_b_pk")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_opposition_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_opposition_version")),
        sa.ForeignKeyConstraint(["a_pk"], ["party.pk"], name=op.f("fk_opposition_a_pk")),
        sa.ForeignKeyConstraint(["b_pk"], ["party.pk"], name=op.f("fk_opposition_b_pk")),
        sa.ForeignKeyConstraint(["topic_pk"], ["topic.pk"], name=op.f("fk_opposition_topic_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_opposition")),
        sa.UniqueConstraint("id", name=op.f("uq_opposition_id")),
    )
    op.create_index(op.f("ix_opposition_topic_pk"), "opposition", ["topic_pk"], unique=False)


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic_pk", WHOLE, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value_kind", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("running_total", sa.Boolean(), nullable=False),
        sa.Column("subset_of_pk", WHOLE, nullable=True),
        sa.Column("scope_measure_pk", WHOLE, nullable=True),
        sa.Column("scope_population_pk", WHOLE, nullable=True),
        sa.Column("scope_cause_pk", WHOLE, nullable=True),
        sa.Column("scope_actor_pk", WHOLE, nullable=True),
        sa.Column("scope_area_pk", WHOLE, nullable=True),
        sa.Column("scope_period", sa.String(), nullable=True),
        sa.Column("scope_count_basis_pk", WHOLE, nullable=True),
        sa.CheckConstraint(
            "aspect IN ('start', 'end', 'moment', 'period')", name=op.f("ck_question_aspect")
        ),
        sa.CheckConstraint(
            "aspect IS NULL OR value_kind = 'date'", name=op.f("ck_question_aspect_of_date")
        ),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_question_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_question_created_by_filled")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_question_text_filled")),
        sa.CheckConstraint(
            "value_kind IN ('count', 'proportion', 'boolean', 'category', 'date',"
            " 'duration', 'place', 'text')",
            name=op.f("ck_question_value_kind"),
        ),
        sa.CheckConstraint("exclusive IN (TRUE, FALSE)", name=op.f("ck_question_exclusive")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_question_content_hash")),
        sa.CheckConstraint(
            "running_total IN (TRUE, FALSE)", name=op.f("ck_question_running_total")
        ),
        sa.CheckConstraint("subset_of_pk <> pk", name=op.f("ck_question_subset_of_pk_pk")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_question_version")),
        sa.ForeignKeyConstraint(
            ["scope_actor_pk"], ["term.pk"], name=op.f("fk_question_scope_actor_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_area_pk"], ["place.pk"], name=op.f("fk_question_scope_area_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_cause_pk"], ["term.pk"], name=op.f("fk_question_scope_cause_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_count_basis_pk"], ["term.pk"], name=op.f("fk_question_scope_count_basis_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_measure_pk"], ["term.pk"], name=op.f("fk_question_scope_measure_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_population_pk"], ["term.pk"], name=op.f("fk_question_scope_population_pk")
        ),
        sa.ForeignKeyConstraint(
            ["subset_of_pk"], ["question.pk"], name=op.f("fk_question_subset_of_pk")
        ),
        sa.ForeignKeyConstraint(["topic_pk"], ["topic.pk"], name=op.f("fk_question_topic_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_question")),
        sa.UniqueConstraint("id", name=op.f("uq_question_id")),
    )
    op.create_index(op.f("ix_question_subset_of_pk"), "question", ["subset_of_pk"], unique=False)
    op.create_index(op.f("ix_question_topic_pk"), "question", ["topic_pk"], unique=False)


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document_pk", WHOLE, nullable=False),
        sa.Column("question_pk", WHOLE, nullable=False),
        sa.Column("origin_pk", WHOLE, nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("explicitness", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=True),
        sa.Column("hedges", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.Column("scope_measure_pk", WHOLE, nullable=True),
        sa.Column("scope_population_pk", WHOLE, nullable=True),
        sa.Column("scope_cause_pk", WHOLE, nullable=True),
        sa.Column("scope_actor_pk", WHOLE, nullable=True),
        sa.Column("scope_area_pk", WHOLE, nullable=True),
        sa.Column("scope_period", sa.String(), nullable=True),
        sa.Column("scope_count_basis_pk", WHOLE, nullable=True),
        sa.Column("accused_pk", WHOLE, nullable=True),
        sa.Column("supersedes_pk", WHOLE, nullable=True),
        sa.Column("retracted_at", sa.String(), nullable=True),
        sa.Column("retracted_reason", sa.String(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("exposure_basis", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("value_said", sa.String(), nullable=True),
        sa.Column("value_expression", sa.String(), nullable=True),
        sa.Column("value_range_basis", sa.String(), nullable=True),
        sa.Column("value_counted_by_coder", sa.Boolean(), nullable=True),
        sa.Column("value_inferred", sa.String(), nullable=True),
        sa.Column("value_kind", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("hard_lo", sa.Double(), nullable=True),
        sa.Column("hard_hi", sa.Double(), nullable=True),
        sa.Column("hard_lo_open", sa.Boolean(), nullable=False),
        sa.Column("hard_hi_open", sa.Boolean(), nullable=False),
        sa.Column("soft", sa.Boolean(), nullable=False),
        sa.Column("soft_lo", sa.Double(), nullable=True),
        sa.Column("soft_hi", sa.Double(), nullable=True),
        sa.Column("soft_lo_open", sa.Boolean(), nullable=False),
        sa.Column("soft_hi_open", sa.Boolean(), nullable=False),
        sa.Column("earliest_day", WHOLE, nullable=True),
        sa.Column("latest_day", WHOLE, nullable=True),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_claim_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_claim_created_by_filled")),
        sa.CheckConstraint(
            "explicitness IN ('stated', 'presupposed', 'implied')",
            name=op.f("ck_claim_explicitness"),
        ),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'team', 'restricted')", name=op.f("ck_claim_sensitivity")
        ),
        sa.CheckConstraint(
            "stance IN ('asserts', 'reports', 'denies', 'doubts', 'could_not_confirm')",
            name=op.f("ck_claim_stance"),
        ),
        sa.CheckConstraint("value_expression <> ''", name=op.f("ck_claim_value_expression_filled")),
        sa.CheckConstraint(
            "value_kind IN ('count', 'proportion', 'boolean', 'category', 'date',"
            " 'duration', 'place', 'text')",
            name=op.f("ck_claim_value_kind"),
        ),
        sa.CheckConstraint(
            "value_range_basis IN ('sources', 'time', 'places', 'unknown')",
            name=op.f("ck_claim_value_range_basis"),
        ),
        sa.CheckConstraint(
            "(value_said IS NULL) = (value_expression IS NULL)", name=op.f("ck_claim_value")
        ),
        sa.CheckConstraint("earliest_day <= latest_day", name=op.f("ck_claim_days")),
        sa.CheckConstraint("hard IN (TRUE, FALSE)", name=op.f("ck_claim_hard")),
        sa.CheckConstraint(
            "hard OR (hard_lo IS NULL AND hard_hi IS NULL)", name=op.f("ck_claim_hard_value")
        ),
        sa.CheckConstraint(
            "hard_hi IS NOT NULL OR NOT hard_hi_open", name=op.f("ck_claim_hard_hi_open_end")
        ),
        sa.CheckConstraint("hard_hi_open IN (TRUE, FALSE)", name=op.f("ck_claim_hard_hi_open")),
        sa.CheckConstraint("hard_lo <= hard_hi", name=op.f("ck_claim_hard_order")),
        sa.CheckConstraint(
            "hard_lo IS NOT NULL OR NOT hard_lo_open", name=op.f("ck_claim_hard_lo_open_end")
        ),
        sa.CheckConstraint("hard_lo_open IN (TRUE, FALSE)", name=op.f("ck_claim_hard_lo_open")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_claim_content_hash")),
        sa.CheckConstraint(
            "retracted_at IS NOT NULL OR retracted_reason IS NULL", name=op.f("ck_claim_retracted")
        ),
        sa.CheckConstraint("soft IN (TRUE, FALSE)", name=op.f("ck_claim_soft")),
        sa.CheckConstraint(
            "soft OR (soft_lo IS NULL AND soft_hi IS NULL)", name=op.f("ck_claim_soft_value")
        ),
        sa.CheckConstraint(
            "soft_hi IS NOT NULL OR NOT soft_hi_open", name=op.f("ck_claim_soft_hi_open_end")
        ),
        sa.CheckConstraint("soft_hi_open IN (TRUE, FALSE)", name=op.f("ck_claim_soft_hi_open")),
        sa.CheckConstraint("soft_lo <= soft_hi", name=op.f("ck_claim_soft_order")),
        sa.CheckConstraint(
            "soft_lo IS NOT NULL OR NOT soft_lo_open", name=op.f("ck_claim_soft_lo_open_end")
        ),
        sa.CheckConstraint("soft_lo_open IN (TRUE, FALSE)", name=op.f("ck_claim_soft_lo_open")),
        sa.CheckConstraint("supersedes_pk <> pk", name=op.f("ck_claim_supersedes_pk_pk")),
        sa.CheckConstraint(
            "value_counted_by_coder IN (TRUE, FALSE)", name=op.f("ck_claim_value_counted_by_coder")
        ),
        sa.CheckConstraint(
            "value_said IS NOT NULL OR (value_range_basis IS NULL AND"
            " value_counted_by_coder IS NULL AND value_inferred IS NULL AND NOT hard"
            " AND NOT soft AND earliest_day IS NULL AND latest_day IS NULL)",
            name=op.f("ck_claim_no_value"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_claim_version")),
        sa.ForeignKeyConstraint(["accused_pk"], ["party.pk"], name=op.f("fk_claim_accused_pk")),
        sa.ForeignKeyConstraint(
            ["document_pk"], ["document.pk"], name=op.f("fk_claim_document_pk")
        ),
        sa.ForeignKeyConstraint(["origin_pk"], ["source.pk"], name=op.f("fk_claim_origin_pk")),
        sa.ForeignKeyConstraint(
            ["question_pk"], ["question.pk"], name=op.f("fk_claim_question_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_actor_pk"], ["term.pk"], name=op.f("fk_claim_scope_actor_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_area_pk"], ["place.pk"], name=op.f("fk_claim_scope_area_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_cause_pk"], ["term.pk"], name=op.f("fk_claim_scope_cause_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_count_basis_pk"], ["term.pk"], name=op.f("fk_claim_scope_count_basis_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_measure_pk"], ["term.pk"], name=op.f("fk_claim_scope_measure_pk")
        ),
        sa.ForeignKeyConstraint(
            ["scope_population_pk"], ["term.pk"], name=op.f("fk_claim_scope_population_pk")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_pk"], ["claim.pk"], name=op.f("fk_claim_supersedes_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claim")),
        sa.UniqueConstraint("id", name=op.f("uq_claim_id")),
    )
    op.create_index(
        "ix_claim_answers",
        "claim",
        ["question_pk", "stance", "hard_lo", "hard_hi", "soft_lo", "soft_hi", "origin_pk"],
        unique=False,
    )
    op.create_index(op.f("ix_claim_document_pk"), "claim", ["document_pk"], unique=False)
    op.create_index(op.f("ix_claim_origin_pk"), "claim", ["origin_pk"], unique=False)
    op.create_index(op.f("ix_claim_supersedes_pk"), "claim", ["supersedes_pk"], unique=False)


def _cross_check_question() -> None:
    op.create_table(
        "cross_check_question",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("cross_check_pk", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_pk", WHOLE, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_cross_check_question_position")),
        sa.ForeignKeyConstraint(
            ["cross_check_pk"],
            ["cross_check.pk"],
            name=op.f("fk_cross_check_question_cross_check_pk"),
        ),
        sa.ForeignKeyConstraint(
            ["question_pk"], ["question.pk"], name=op.f("fk_cross_check_question_question_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_cross_check_question")),
        sa.UniqueConstraint(
            "cross_check_pk",
            "position",
            name=op.f("uq_cross_check_question_cross_check_pk_position"),
        ),
    )
    op.create_index(
        op.f("ix_cross_check_question_question_pk"),
        "cross_check_question",
        ["question_pk"],
        unique=False,
    )


def _merge() -> None:
    op.create_table(
        "merge",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("kept_source_pk", WHOLE, nullable=True),
        sa.Column("kept_question_pk", WHOLE, nullable=True),
        sa.Column("kept_document_pk", WHOLE, nullable=True),
        sa.Column("merged_source_pk", WHOLE, nullable=True),
        sa.Column("merged_question_pk", WHOLE, nullable=True),
        sa.Column("merged_document_pk", WHOLE, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_merge_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_merge_created_by_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_merge_reason_filled")),
        sa.CheckConstraint(
            "(\"of\" = 'source' AND kept_source_pk IS NOT NULL AND merged_source_pk IS"
            " NOT NULL AND kept_question_pk IS NULL AND merged_question_pk IS NULL AND"
            ' kept_document_pk IS NULL AND merged_document_pk IS NULL) OR ("of" ='
            " 'question' AND kept_source_pk IS NULL AND merged_source_pk IS NULL AND"
            " kept_question_pk IS NOT NULL AND merged_question_pk IS NOT NULL AND"
            ' kept_document_pk IS NULL AND merged_document_pk IS NULL) OR ("of" ='
            " 'document' AND kept_source_pk IS NULL AND merged_source_pk IS NULL AND"
            " kept_question_pk IS NULL AND merged_question_pk IS NULL AND"
            " kept_document_pk IS NOT NULL AND merged_document_pk IS NOT NULL)",
            name=op.f("ck_merge_of"),
        ),
        sa.CheckConstraint(
            "kept_document_pk <> merged_document_pk",
            name=op.f("ck_merge_kept_document_pk_merged_document_pk"),
        ),
        sa.CheckConstraint(
            "kept_question_pk <> merged_question_pk",
            name=op.f("ck_merge_kept_question_pk_merged_question_pk"),
        ),
        sa.CheckConstraint(
            "kept_source_pk <> merged_source_pk",
            name=op.f("ck_merge_kept_source_pk_merged_source_pk"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_merge_content_hash")),
        sa.CheckConstraint("undone IN (TRUE, FALSE)", name=op.f("ck_merge_undone")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_merge_version")),
        sa.ForeignKeyConstraint(
            ["kept_document_pk"], ["document.pk"], name=op.f("fk_merge_kept_document_pk")
        ),
        sa.ForeignKeyConstraint(
            ["kept_question_pk"], ["question.pk"], name=op.f("fk_merge_kept_question_pk")
        ),
        sa.ForeignKeyConstraint(
            ["kept_source_pk"], ["source.pk"], name=op.f("fk_merge_kept_source_pk")
        ),
        sa.ForeignKeyConstraint(
            ["merged_document_pk"], ["document.pk"], name=op.f("fk_merge_merged_document_pk")
        ),
        sa.ForeignKeyConstraint(
            ["merged_question_pk"], ["question.pk"], name=op.f("fk_merge_merged_question_pk")
        ),
        sa.ForeignKeyConstraint(
            ["merged_source_pk"], ["source.pk"], name=op.f("fk_merge_merged_source_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_merge")),
        sa.UniqueConstraint("id", name=op.f("uq_merge_id")),
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("document_pk", WHOLE, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.String(), nullable=True),
        sa.Column("captured_by", sa.String(), nullable=True),
        sa.Column("captured_with", sa.String(), nullable=True),
        sa.Column("requested_url", sa.String(), nullable=True),
        sa.Column("final_url", sa.String(), nullable=True),
        sa.CheckConstraint(
            "captured_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_snapshot_captured_at")
        ),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_snapshot_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_snapshot_created_by_filled")),
        sa.CheckConstraint("extractor <> ''", name=op.f("ck_snapshot_extractor_filled")),
        sa.CheckConstraint("media_type <> ''", name=op.f("ck_snapshot_media_type_filled")),
        sa.CheckConstraint("length >= 0", name=op.f("ck_snapshot_length")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_snapshot_content_hash")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_snapshot_sha256")),
        sa.CheckConstraint("length(text_sha256) = 64", name=op.f("ck_snapshot_text_sha256")),
        sa.ForeignKeyConstraint(
            ["document_pk"], ["document.pk"], name=op.f("fk_snapshot_document_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("id", name=op.f("uq_snapshot_id")),
    )
    op.create_index(op.f("ix_snapshot_document_pk"), "snapshot", ["document_pk"], unique=False)


def _source_relation() -> None:
    op.create_table(
        "source_relation",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("between", sa.String(), nullable=False),
        sa.Column("a_source_pk", WHOLE, nullable=True),
        sa.Column("a_document_pk", WHOLE, nullable=True),
        sa.Column("b_source_pk", WHOLE, nullable=True),
        sa.Column("b_document_pk", WHOLE, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic_pk", WHOLE, nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_source_relation_basis_filled")),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'",
            name=op.f("ck_source_relation_created_at"),
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_source_relation_created_by_filled")),
        sa.CheckConstraint(
            "kind IN ('derives_from', 'quotes', 'translates', 'wire_copy',"
            " 'same_publisher', 'same_author', 'same_party', 'funded_by',"
            " 'possible_dependency')",
            name=op.f("ck_source_relation_kind"),
        ),
        sa.CheckConstraint(
            "(\"between\" = 'source' AND a_source_pk IS NOT NULL AND b_source_pk IS NOT"
            ' NULL AND a_document_pk IS NULL AND b_document_pk IS NULL) OR ("between"'
            " = 'document' AND a_source_pk IS NULL AND b_source_pk IS NULL AND"
            " a_document_pk IS NOT NULL AND b_document_pk IS NOT NULL)",
            name=op.f("ck_source_relation_between"),
        ),
        sa.CheckConstraint(
            "a_document_pk <> b_document_pk",
            name=op.f("ck_source_relation_a_document_pk_b_document_pk"),
        ),
        sa.CheckConstraint(
            "a_source_pk <> b_source_pk", name=op.f("ck_source_relation_a_source_pk_b_source_pk")
        ),
        sa.CheckConstraint(
            "length(content_hash) = 64", name=op.f("ck_source_relation_content_hash")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_source_relation_version")),
        sa.ForeignKeyConstraint(
            ["a_document_pk"], ["document.pk"], name=op.f("fk_source_relation_a_document_pk")
        ),
        sa.ForeignKeyConstraint(
            ["a_source_pk"], ["source.pk"], name=op.f("fk_source_relation_a_source_pk")
        ),
        sa.ForeignKeyConstraint(
            ["b_document_pk"], ["document.pk"], name=op.f("fk_source_relation_b_document_pk")
        ),
        sa.ForeignKeyConstraint(
            ["b_source_pk"], ["source.pk"], name=op.f("fk_source_relation_b_source_pk")
        ),
        sa.ForeignKeyConstraint(
            ["topic_pk"], ["topic.pk"], name=op.f("fk_source_relation_topic_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_source_relation")),
        sa.UniqueConstraint("id", name=op.f("uq_source_relation_id")),
    )
    op.create_index(
        op.f("ix_source_relation_a_document_pk"), "source_relation", ["a_document_pk"], unique=False
    )
    op.create_index(
        op.f("ix_source_relation_a_source_pk"), "source_relation", ["a_source_pk"], unique=False
    )
    op.create_index(
        op.f("ix_source_relation_b_document_pk"), "source_relation", ["b_document_pk"], unique=False
    )
    op.create_index(
        op.f("ix_source_relation_b_source_pk"), "source_relation", ["b_source_pk"], unique=False
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("source_pk", WHOLE, nullable=True),
        sa.Column("claim_pk", WHOLE, nullable=True),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("assessed_by", sa.String(), nullable=False),
        sa.Column("supersedes_pk", WHOLE, nullable=True),
        sa.CheckConstraint(
            "(scheme = 'confidence' AND code IN ('very low', 'low', 'moderate',"
            " 'high')) OR (scheme = 'reliability' AND code IN ('A', 'B', 'C', 'D',"
            " 'E', 'F')) OR (scheme = 'credibility' AND code IN ('1', '2', '3', '4',"
            " '5', '6')) OR (scheme = 'verification' AND code IN ('confirmed', 'fair',"
            " 'weak', 'contested', 'discounted')) OR (scheme = 'likelihood' AND code"
            " IN ('almost no chance', 'very unlikely', 'unlikely', 'roughly even"
            " chance', 'likely', 'very likely', 'almost certain'))",
            name=op.f("ck_assessment_code"),
        ),
        sa.CheckConstraint("assessed_by <> ''", name=op.f("ck_assessment_assessed_by_filled")),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_assessment_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_assessment_created_by_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_assessment_reason_filled")),
        sa.CheckConstraint(
            '("of" = \'source\' AND source_pk IS NOT NULL AND claim_pk IS NULL) OR ("of"'
            " = 'claim' AND source_pk IS NULL AND claim_pk IS NOT NULL)",
            name=op.f("ck_assessment_of"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_assessment_content_hash")),
        sa.CheckConstraint("supersedes_pk <> pk", name=op.f("ck_assessment_supersedes_pk_pk")),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_assessment_claim_pk")),
        sa.ForeignKeyConstraint(["source_pk"], ["source.pk"], name=op.f("fk_assessment_source_pk")),
        sa.ForeignKeyConstraint(
            ["supersedes_pk"], ["assessment.pk"], name=op.f("fk_assessment_supersedes_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_assessment")),
        sa.UniqueConstraint("id", name=op.f("uq_assessment_id")),
    )
    op.create_index(op.f("ix_assessment_claim_pk"), "assessment", ["claim_pk"], unique=False)
    op.create_index(op.f("ix_assessment_source_pk"), "assessment", ["source_pk"], unique=False)
    op.create_index(
        op.f("ix_assessment_supersedes_pk"), "assessment", ["supersedes_pk"], unique=False
    )


def _cross_check_claim() -> None:
    op.create_table(
        "cross_check_claim",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("cross_check_pk", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_pk", WHOLE, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_cross_check_claim_position")),
        sa.ForeignKeyConstraint(
            ["claim_pk"], ["claim.pk"], name=op.f("fk_cross_check_claim_claim_pk")
        ),
        sa.ForeignKeyConstraint(
            ["cross_check_pk"], ["cross_check.pk"], name=op.f("fk_cross_check_claim_cross_check_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_cross_check_claim")),
        sa.UniqueConstraint(
            "cross_check_pk", "position", name=op.f("uq_cross_check_claim_cross_check_pk_position")
        ),
    )
    op.create_index(
        op.f("ix_cross_check_claim_claim_pk"), "cross_check_claim", ["claim_pk"], unique=False
    )


def _custody() -> None:
    op.create_table(
        "custody",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("snapshot_pk", WHOLE, nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "action IN ('stored', 'received', 'checked', 'copied', 'handed_over')",
            name=op.f("ck_custody_action"),
        ),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_custody_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_custody_created_by_filled")),
        sa.ForeignKeyConstraint(
            ["snapshot_pk"], ["snapshot.pk"], name=op.f("fk_custody_snapshot_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_custody")),
        sa.UniqueConstraint("id", name=op.f("uq_custody_id")),
    )
    op.create_index(op.f("ix_custody_snapshot_pk"), "custody", ["snapshot_pk"], unique=False)


def _passage() -> None:
    op.create_table(
        "passage",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("document_pk", WHOLE, nullable=False),
        sa.Column("snapshot_pk", WHOLE, nullable=True),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=True),
        sa.Column("suffix", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("transcript_method", sa.String(), nullable=True),
        sa.Column("ocr_confidence", sa.String(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("locators", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("translations", sa.String(), nullable=False),
        sa.CheckConstraint(
            "anchor IN ('text', 'page_region', 'time_span')", name=op.f("ck_passage_anchor")
        ),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_passage_created_at")
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_passage_created_by_filled")),
        sa.CheckConstraint("exact <> ''", name=op.f("ck_passage_exact_filled")),
        sa.CheckConstraint("language <> ''", name=op.f("ck_passage_language_filled")),
        sa.CheckConstraint(
            "part IN ('headline', 'infobox', 'abstract', 'body')", name=op.f("ck_passage_part")
        ),
        sa.CheckConstraint('(start IS NULL) = ("end" IS NULL)', name=op.f("ck_passage_offsets")),
        sa.CheckConstraint(
            "CAST(ocr_confidence AS DOUBLE PRECISION) >= 0", name=op.f("ck_passage_ocr_confidence")
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_passage_content_hash")),
        sa.CheckConstraint('start >= 0 AND start <= "end"', name=op.f("ck_passage_start")),
        sa.ForeignKeyConstraint(
            ["document_pk"], ["document.pk"], name=op.f("fk_passage_document_pk")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_pk"], ["snapshot.pk"], name=op.f("fk_passage_snapshot_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_passage")),
        sa.UniqueConstraint("id", name=op.f("uq_passage_id")),
    )
    op.create_index(op.f("ix_passage_document_pk"), "passage", ["document_pk"], unique=False)
    op.create_index(op.f("ix_passage_snapshot_pk"), "passage", ["snapshot_pk"], unique=False)


def _relation_override() -> None:
    op.create_table(
        "relation_override",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("a_pk", WHOLE, nullable=False),
        sa.Column("b_pk", WHOLE, nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'",
            name=op.f("ck_relation_override_created_at"),
        ),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_relation_override_created_by_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_relation_override_reason_filled")),
        sa.CheckConstraint(
            "relation IN ('AGREE', 'COMPATIBLE', 'PARTLY_OVERLAPS', 'CONFLICT_HARD',"
            " 'CONFLICT_SOFT', 'MUTUAL_ACCUSATION', 'TENSION', 'UNCORROBORATED',"
            " 'SUPERSEDED', 'NOT_COMPARABLE', 'UNCLASSIFIED', 'NO_CONFLICT')",
            name=op.f("ck_relation_override_relation"),
        ),
        sa.CheckConstraint("a_pk <> b_pk", name=op.f("ck_relation_override_a_pk_b_pk")),
        sa.CheckConstraint(
            "independent IN (TRUE, FALSE)", name=op.f("ck_relation_override_independent")
        ),
        sa.CheckConstraint(
            "length(content_hash) = 64", name=op.f("ck_relation_override_content_hash")
        ),
        sa.CheckConstraint(
            "relation IS NOT NULL OR independent IS NOT NULL",
            name=op.f("ck_relation_override_decides"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_relation_override_version")),
        sa.ForeignKeyConstraint(["a_pk"], ["claim.pk"], name=op.f("fk_relation_override_a_pk")),
        sa.ForeignKeyConstraint(["b_pk"], ["claim.pk"], name=op.f("fk_relation_override_b_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_relation_override")),
        sa.UniqueConstraint("id", name=op.f("uq_relation_override_id")),
    )
    op.create_index(op.f("ix_relation_override_a_pk"), "relation_override", ["a_pk"], unique=False)
    op.create_index(op.f("ix_relation_override_b_pk"), "relation_override", ["b_pk"], unique=False)


def _speaker() -> None:
    op.create_table(
        "speaker",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("claim_pk", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_pk", WHOLE, nullable=False),
        sa.Column("verb", sa.String(), nullable=True),
        sa.Column("document_pk", WHOLE, nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_speaker_position")),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_speaker_claim_pk")),
        sa.ForeignKeyConstraint(
            ["document_pk"], ["document.pk"], name=op.f("fk_speaker_document_pk")
        ),
        sa.ForeignKeyConstraint(["source_pk"], ["source.pk"], name=op.f("fk_speaker_source_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_speaker")),
        sa.UniqueConstraint("claim_pk", "position", name=op.f("uq_speaker_claim_pk_position")),
    )
    op.create_index(op.f("ix_speaker_document_pk"), "speaker", ["document_pk"], unique=False)
    op.create_index(op.f("ix_speaker_source_pk"), "speaker", ["source_pk"], unique=False)


def _claim_passage() -> None:
    op.create_table(
        "claim_passage",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("claim_pk", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("passage_pk", WHOLE, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_claim_passage_position")),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_passage_claim_pk")),
        sa.ForeignKeyConstraint(
            ["passage_pk"], ["passage.pk"], name=op.f("fk_claim_passage_passage_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claim_passage")),
        sa.UniqueConstraint(
            "claim_pk", "position", name=op.f("uq_claim_passage_claim_pk_position")
        ),
    )
    op.create_index(
        op.f("ix_claim_passage_passage_pk"), "claim_passage", ["passage_pk"], unique=False
    )
