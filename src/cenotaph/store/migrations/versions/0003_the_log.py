"""The log, and the key that signs it, in place of the table of decisions."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the log; a record that has none yet enters what it holds, decisions included."""
    op.create_table(
        "keys",
        sa.Column("public", sa.String, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("public", name="pk_keys"),
    )
    op.create_table(
        "log",
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String),
        sa.Column("token", sa.String),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("signature", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_log"),
        sa.UniqueConstraint("token", name="uq_log_token"),
    )
    op.create_index("ix_log_kind", "log", ["kind"])
    op.create_index("ix_log_subject", "log", ["subject"])
    connection = op.get_bind()
    old = connection.exec_driver_sql(
        "SELECT kind, subject, value, reason, made_by, made_at FROM decisions ORDER BY made_at, id"
    ).all()
    op.drop_index("ix_decisions_subject", "decisions")
    op.drop_table("decisions")
    if connection.exec_driver_sql("SELECT 1 FROM settings").first() is None:
        return  # a record that is being made begins its log itself
    from cenotaph.store import log
    from cenotaph.store.entered import adopt

    adopt(connection)
    for kind, subject, value, reason, made_by, made_at in old:
        payload = {
            "kind": kind,
            "subjects": [subject],
            "value": json.loads(value),
            "reason": reason or None,
            "by": made_by,
            "at": made_at,
        }
        log.append(connection, "decision", payload, subject=subject)
