"""What can be found in the memory of a running process."""

from pathlib import Path


def found_in(pid: int, canaries: dict[str, bytes]) -> set[str]:
    """Which of these are anywhere in a process' memory. Linux, and root alone may look."""
    hits: set[str] = set()
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            start, end = (int(part, 16) for part in span.split("-"))
            if "r" not in rights or "[v" in line:
                continue
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except OSError:
                continue
            hits |= {name for name, canary in canaries.items() if name not in hits and canary in held}
    return hits
