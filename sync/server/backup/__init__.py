"""Backups of the embedded database, and what follows every restore: nothing numbered twice, nobody let in unasked.

A restore cuts off what was accepted since. The devices still have it, so each partition begins a new epoch, which has
every device tell again what it had said. Sessions and tokens of the past are never taken up: one that was ended since
would live again.
"""
