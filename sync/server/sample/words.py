"""The tables of resources/sample: names, units, phrases."""

from sync.server.csv_tables import Row, read_table


def table(name: str) -> tuple[Row, ...]:
    """The rows of one table in file order, every cell a text. Raises FileNotFoundError for an unknown name."""
    return read_table("sample", name)
