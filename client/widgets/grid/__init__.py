"""The entry grid: frozen names, keys of a spreadsheet, one editor that tells an input method's text from a key.

view     GridView, the whole: headings, two tables on one model, scroll bars, footer
layout   how its height is shared out
names    the columns that stay
renewal  which rows are painted anew when they say something else
table    EntryTable, where keys become acts and acts become Edits
keys     which key is which command in moving, entering and editing
cursor   where a command takes the cursor
moves    ways over the cells: along a path, to an edge, to the next that is wanted
cells    what cells hold and take, and which a block is filled from; the parser is handed in
entry    what is being typed, from the opening of an editor to a value or a refusal
editor   the line edit and its delegate
edit     what a grid hands to its page
paste    blocks of text: reading, placing, matching rows by key; whole or nothing
header, footer   drawn from data handed in, on the same column numbers

A grid never writes. It says what a person wants as one Edit (typed, filled, cleared, pasted: one path, one undo step)
and shows what its model says.
"""
