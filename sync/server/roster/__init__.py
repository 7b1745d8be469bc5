"""Roster import: a OneRoster Japan package (1.2, 1.2.1, K-12 v1.0) becomes records of a school.

The package is read by pure code that only ever answers with problems, never with an exception:

    archive   the ZIP, opened with bounds            layout, header   which columns a file has
    table     bytes of one file -> rows              manifest         what the package says it holds
    cells, rows, links   the numbered checks         package          rows -> typed rows
    problem, words, report   what is wrong, in words, as a table or as JSON

`mapping` turns typed rows and what the server already knows into edits; `importer` applies them in one transaction, so
a refused package writes nothing. Layouts are decided by each file's header, never by `oneroster.version`: senders write
newer columns under older numbers.

Source: OneRoster 1.2 CSV Binding with Japan Profile 1.2 and 1.2.1, Japan K-12/Schools Profile 1.0; rules R31-R34.
"""
