-- Attached files. got: bytes that are here; whole: all of them, and their hash is right. attached: when somebody attached
-- it on this PC, null for one that only came; sent: the school has it. used: when it was last looked at.
CREATE TABLE blob (
  n INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  got INTEGER NOT NULL DEFAULT 0,
  whole INTEGER NOT NULL DEFAULT 0,
  attached TEXT,
  sent INTEGER NOT NULL DEFAULT 0,
  used TEXT NOT NULL
);

-- place: the file's n, and which piece it is, in one number, so that a file's pieces lie together.
CREATE TABLE blob_piece (
  place INTEGER PRIMARY KEY,
  data BLOB NOT NULL
);

-- Files on their way, up or down. stopped: why this one is left alone until it is asked for again; note: why it is not
-- there yet though it is tried in every round.
CREATE TABLE blob_queue (
  sha256 TEXT NOT NULL,
  way TEXT NOT NULL,
  size INTEGER NOT NULL,
  asked TEXT NOT NULL,
  stopped TEXT,
  note TEXT,
  PRIMARY KEY (sha256, way)
) WITHOUT ROWID;
