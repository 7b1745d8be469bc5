"""Roster import: a OneRoster Japan package (1.2, 1.2.1, K-12 v1.0) becomes records of a school.

Reading is pure and only ever answers with problems, never with an exception:

    archive · table · header, layout · manifest      from the ZIP's bytes to rows with their lines
    cells, rows, people, links (over `sent`)         the numbered checks
    package                                          all of it, and typed rows
    problem, words, report                           what is wrong, in words, as a table or as JSON

Mapping is pure too: `mapping` asks `places`, `persons`, `memberships`, `enrolments`, `duties` and `vanished` what the
records are to be, given what is `known`; `edits` makes ops of the difference. `schools` finds what is known, `importer`
has the server's one decision take the ops, all in one transaction, so that a refused package writes nothing.

Source: OneRoster 1.2 CSV Binding with Japan Profile 1.2 and 1.2.1, Japan K-12/Schools Profile 1.0; rules R31-R34.
Decisions (2026-11-25):

- A layout is decided by each file's header, never by `oneroster.version`: senders write newer columns under older
  numbers.
- Every check of the profile is an error but for the byte order mark, rows that vanished, characters outside JIS X 0213
  and values only learning portals need.
- A roster says who is where, not how pupils came and left: they enter with the first class it knows and leave on the
  day the sender deletes them, without a reason. What a person has recorded here is not undone by an older package.
- Duties are opened by teachers' rows and home classes alone; roles, extensions among them, are kept as the post.
- A pupil's records are routed to all classes and groups but those left for another class of the same year.
- A row the sender deletes is remembered as deleted, so that a mistake can be taken back with the same records.
"""
