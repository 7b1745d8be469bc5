"""How Keyaki synchronises, on one page.

A *store* is one teacher's encrypted copy of what that teacher may see of one school; it is one *device* to the server.
The server keeps each school as a *partition*, which counts its accepted pushes in `seq`. A *record* (school, type, id)
has typed fields; every *unit* of fields remembers the `seq` at which it last changed, its version.

What a teacher does is an *edit group*: all of it or nothing. Groups lie in the *outbox*, numbered without holes (`q`),
until the server has answered each with one final *outcome*. An edit names the version of every unit it was based on;
where somebody else moved that unit on, the server keeps its value and files both in a *conflict* record. Nothing is
overwritten unseen.

What a device may see is a set of *scopes*; a *grant* opens a scope to a user for a span of days and carries the role
it comes from. A record's scopes are a pure function of its own routing fields, the same code on both ends
(`sync.records`).

`protocol` is what travels, `records` what it means, `engine` the client's half, `server` the cloud's half. PROTOCOL.md
beside this file is the wire format both halves follow, and what they promise. The only order is that in which a school
takes its pushes; no clock and no random number decides anything.
"""
