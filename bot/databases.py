"""The database before anybody works with it: brought up to date, or refused with the mend."""

from bot.errors import OperatorError
from storage import migrate as migrate_tables
from storage import migration_state, parse_url

__all__ = ["migrate", "prepare"]


def migrate(url: str) -> str:
    """Bring the tables up to date; a sentence that says what that came to. Blocks meanwhile."""
    before = migration_state(url)
    after = migrate_tables(url)
    if before == after:
        return after.sentence
    return f"Migrated from {before.revision or 'nothing'} to {after.revision}. {after.sentence}"


def prepare(url: str) -> None:
    """Make the database ready for use. Blocks meanwhile.

    A SQLite file is brought up to date on the spot. On PostgreSQL the operator says when, since
    other processes may be working with it.

    Raises OperatorError where PostgreSQL's tables are of another version.
    """
    if parse_url(url).get_backend_name() == "sqlite":
        migrate_tables(url)
        return
    state = migration_state(url)
    if not state.is_current:
        raise OperatorError(state.sentence)
