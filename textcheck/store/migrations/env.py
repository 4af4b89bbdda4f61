"""Run migrations on the connection that textcheck.store.schema hands over."""

from alembic import context

from textcheck.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()
