"""Measurements beside a raw limit in the same run: `python -m tests.bench`, on its own and never as a timed test.

The *floor* is the least any client could do without rights, conflicts or history: the same rows as compressed JSON over
bare HTTP, into raw SQLCipher. Every figure is the median of interleaved rounds; ratios are of medians.
"""
