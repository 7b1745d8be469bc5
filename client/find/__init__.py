"""Ctrl+K: one line that finds a page, an act, a class, a course or a pupil, by keyboard alone."""
