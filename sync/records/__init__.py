"""What a record means, for both ends: types, fields, units, ids, scopes, rights and rules.

A type is one class in the module of its group; both ends read it as data. The specification is domain.md 15; decisions
the code took where the page leaves a choice (2026-11-25):

- A key part that names a class or a course *is* the routing field, under its key name: `viewpoint_grade.course` routes
the lesson, `attendance_day.class` and `membership.class` route the class. `Record.ROUTES` says which field plays which
route.
- A `conflict` carries its target's routes under their canonical names (`@class`, `@lesson`, …, and `@box` where the
target's scopes hang on its box), so its scopes come out of the target type's own function.
- A `late_edit` has a scope of its own, `late`, held by those who decide it: `office` is also held by who looks after
accounts and devices and has no right to marks and texts. Its author sees it by `staff`, without the school's values.
- A `notice` names its author, by which the server holds everybody else off (rule 9: append), and its grade with the
year, as a duty does: the scope of a grade is one of a year.
"""
