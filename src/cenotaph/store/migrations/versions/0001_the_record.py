"""The record: captures, documents, quarantine, decisions, settings, gazetteers, kept readings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "settings",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("sha256", name="uq_captures_sha256"),
    )
    op.create_table(
        "gazetteers",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("licence", sa.String),
        sa.Column("attribution", sa.Text),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("capture_id", sa.String),
        sa.PrimaryKeyConstraint("position", name="pk_gazetteers"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_gazetteers_capture_id"),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("capture_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.String, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("lang", sa.String),
        sa.Column("country", sa.String),
        sa.Column("note", sa.Text),
        sa.Column("findings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_documents_capture_id"),
    )
    op.create_index("ix_documents_text_sha256", "documents", ["text_sha256"])
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("claimed_id", sa.Text),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("capture_id", sa.String),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_quarantine_capture_id"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("replaces", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.ForeignKeyConstraint(["replaces"], ["decisions.id"], name="fk_decisions_replaces"),
    )
    op.create_index("ix_decisions_subject", "decisions", ["subject"])
    op.create_table(
        "readings",
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_readings"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_readings_document_id"),
    )
