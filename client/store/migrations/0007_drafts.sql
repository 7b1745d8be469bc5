-- Pages as somebody left them. place: where on the page they were; typed: what was written there and not saved yet; both
-- JSON. shown: 1 = the page was on screen.
CREATE TABLE draft (
  page TEXT PRIMARY KEY NOT NULL,
  place TEXT NOT NULL,
  typed TEXT NOT NULL,
  shown INTEGER NOT NULL
) WITHOUT ROWID;
