"""児童生徒カード (S4): one pupil at a glance, a note in two seconds, and the history of all that was changed (S19)."""
