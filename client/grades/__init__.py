"""成績 (S8): scores and A/B/C of a whole class, typed as in a spreadsheet, saved at once, sent when there is a network.

A cell is one unit of one record (a `score`, a `viewpoint_grade`), never a place in a table: what is pasted, undone or
settled finds its pupil by id. What may be typed for 欠, 免, 未, ◎ and their like is data:
resources/terms/entry_words.csv.
"""
