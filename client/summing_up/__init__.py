"""評価・評定 (S9): what the evidence of a class says by the board's rule, beside what its teacher has decided.

The program proposes and never decides: a computed value is drawn from the scores of the moment, a decided one is a
record. Where the two differ, where a decision has lost its ground and where it has none, the page says so.
"""
