"""Decimals as people write them; in records they are integers scaled by their places (sync/PROTOCOL.md)."""


def written(scaled: int, places: int) -> str:
    """85 for 8500, 7.5 for 750, with `places` 2. No zeros behind the last digit that says something."""
    scale = 10**places
    whole, rest = divmod(abs(scaled), scale)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{rest:0{places}d}".rstrip("0") if rest else f"{sign}{whole}"
