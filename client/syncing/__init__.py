"""同期: what waits, what was refused, and the worker that talks to the school (S17).

Whatever these screens say is counted in the store: a change is "sent" when the school's answer is stored, not before.
"""
