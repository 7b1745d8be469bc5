"""紛失報告: which PCs hold the school's records, what was on one, and how it is blocked, let in again and erased.

How people are called and how a moment is said is asked of `syncing`, how a table is written to a file of `takeout`.
"""
