"""The usual masters of a Japanese school, and how a school year is prepared with them.

`usual` reads them from the plain tables in `resources/masters`; the sample school is made of the same. `prepare` adds
to a school what it lacks, as ordinary records made by the server.

Decisions (2026-11-26):

- A list that somebody has begun is theirs: codes of a set, subjects, symbols of a set, viewpoints and terms of a year
  are added only where there are none at all, deleted ones included. Nothing that is there is ever changed, but for the
  number of terms of a year that has no terms yet.
- Grading rules of a new year are those of the board's last year, else the usual ones.
- Subjects and viewpoints are the prefecture's; codes, symbols and grading rules the board's; the rest the school's.
- Every class but those of special support gets a course for each subject of its grades; what pupils of a
  special-support class are taught there differs from child to child, and is the school's to say.
- In elementary grades the class teacher teaches what nobody else teaches: rosters of elementary schools name the class
  teacher alone, and without the duty nobody could enter a grade. In junior high the roster says who teaches.
"""
