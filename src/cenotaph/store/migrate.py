"""Migrations, run inside the program; imported only where needed, for it is slow."""

from importlib import resources
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from cenotaph.store import tables


def to_newest(connection: Connection) -> None:
    """Run every migration that a record has not had, within the connection's transaction."""
    with resources.as_file(resources.files("cenotaph.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        script = ScriptDirectory.from_config(config)

        def steps(revision: Any, _: Any) -> Any:
            return script._upgrade_revs("head", revision)

        with EnvironmentContext(config, script, fn=steps) as environment:
            environment.configure(connection=connection, target_metadata=tables.metadata)
            environment.run_migrations()
