"""What made a document's text, coded rows, and the feeds that are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns of documents and the tables of feeds."""
    for name in ("author", "url", "part", "coded"):
        op.add_column("documents", sa.Column(name, sa.Text))
    for name in ("reader", "replaces"):
        op.add_column("documents", sa.Column(name, sa.String))
    op.create_table(
        "feeds",
        sa.Column("url", sa.String, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("checked_at", sa.String),
        sa.Column("due_at", sa.String),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("message", sa.Text),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )
    op.create_table(
        "feed_entries",
        sa.Column("feed_url", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("document_id", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("seen_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("feed_url", "entry", name="pk_feed_entries"),
        sa.ForeignKeyConstraint(["feed_url"], ["feeds.url"], name="fk_feed_entries_feed_url"),
    )
