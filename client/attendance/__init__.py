"""出欠 (S5, S6, S7): a class's day taken by one key a pupil, the month's register with its totals, and the seats."""
