"""持ち出し: a take-out is asked for, decided, begun and returned, and the ledger of all of them is read.

How people are called and how a moment is said is asked of `syncing`.
"""
