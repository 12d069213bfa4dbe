"""How Alembic runs here: on the connection that `storage.migrate` gives, in its transaction."""

from alembic import context

from storage.register_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
