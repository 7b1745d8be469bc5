"""Alembic's entry: runs on the connection, and in the transaction, that `sync.server.migrate` hands over."""

from alembic import context

from sync.server.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
