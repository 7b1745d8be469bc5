"""A synthetic school that looks real, made from a seed.

`school.make_school` yields plain records, masters first, for any day of any school year; the same seed, day and plan
give the same bytes. Nothing in it is a real person, school or board: names are drawn from lists of common names, values
from a model in which a pupil's results hang together, texts from phrases with the names of units. The lists are plain
tables in `resources/sample`.

Decisions (2026-11-25):

- Subjects, viewpoints and the school itself are the prefecture's; codes, symbols and grading rules the board's; the
  rest the school's. The board is invented, as is every code of it.
- Terms follow each other without a gap, so every day of the year lies in one of them; holidays lie inside.
- A term is finished after its last school day: from then on it has letters, 評定 and remarks, before it scores only.
- 24 classes are 23 regular ones and a special-support class, whose pupils also sit in a regular class (R23).
"""
