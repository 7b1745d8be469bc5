-- Whose store this is, and what was said last.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID;

-- The school and the shared partitions above it. cursor: of the live scopes; next, ready: a live pull of several pages.
CREATE TABLE partition (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  epoch TEXT,
  cursor INTEGER,
  grants TEXT NOT NULL DEFAULT '',
  next TEXT,
  ready INTEGER NOT NULL DEFAULT 0,
  pulled_at TEXT,
  loading TEXT,
  load_next TEXT
) WITHOUT ROWID;

CREATE TABLE granted (
  partition TEXT NOT NULL,
  n INTEGER NOT NULL,
  scope TEXT NOT NULL,
  role TEXT NOT NULL,
  rights TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  PRIMARY KEY (partition, n)
) WITHOUT ROWID;

CREATE TABLE scope (
  partition TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  cursor INTEGER,
  PRIMARY KEY (partition, name)
) WITHOUT ROWID;

-- Sets of scopes as rows have them, each once, so that a row carries one small number.
CREATE TABLE scope_set (
  n INTEGER PRIMARY KEY,
  partition TEXT NOT NULL,
  names TEXT NOT NULL,
  UNIQUE (partition, names)
);

-- Pages of a live pull wait here for the last one.
CREATE TABLE stage (
  partition TEXT NOT NULL,
  n INTEGER NOT NULL,
  page TEXT NOT NULL,
  PRIMARY KEY (partition, n)
);

-- Records of types this program does not know, and deleted records.
CREATE TABLE unknown_record (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  ver INTEGER NOT NULL,
  fv TEXT,
  scope_set INTEGER NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (type, id)
) WITHOUT ROWID;

CREATE TABLE tombstone (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  ver INTEGER NOT NULL,
  PRIMARY KEY (type, id)
) WITHOUT ROWID;

-- Groups without an outcome. item: exactly what is hashed and sent; before: what was visible before each op.
CREATE TABLE outbox (
  q INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  hash TEXT NOT NULL,
  chain TEXT NOT NULL,
  before TEXT NOT NULL,
  ops INTEGER NOT NULL,
  in_flight INTEGER NOT NULL DEFAULT 0
);

-- Groups the school has taken, kept 30 days, and those it has not, kept until somebody has dealt with them.
CREATE TABLE accepted (
  q INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  hash TEXT NOT NULL,
  chain TEXT NOT NULL,
  before TEXT NOT NULL,
  outcome TEXT NOT NULL,
  seq INTEGER,
  answered_at TEXT NOT NULL
);

CREATE TABLE not_accepted (
  q INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  hash TEXT NOT NULL,
  chain TEXT NOT NULL,
  before TEXT NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT,
  answered_at TEXT NOT NULL,
  dealt_with INTEGER NOT NULL DEFAULT 0
);

-- Units touched by groups of this device. state: waiting, accepted or refused; ahead: somebody else moved it on.
CREATE TABLE edited (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  q INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  ahead INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (type, id, unit, q)
) WITHOUT ROWID;

-- What the server says of a record whose row shows edits that wait. fields: null = not there.
CREATE TABLE underlay (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  ver INTEGER NOT NULL,
  fv TEXT,
  fields TEXT,
  last TEXT,
  scope_set INTEGER NOT NULL,
  PRIMARY KEY (type, id)
) WITHOUT ROWID;

-- The last 200 groups of each screen. undone: 1 = taken back, to be done again by `q`, or by `again` when emptied.
CREATE TABLE undo (
  screen TEXT NOT NULL,
  n INTEGER NOT NULL,
  q INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  again TEXT,
  PRIMARY KEY (screen, n)
) WITHOUT ROWID;

CREATE TABLE sync_log (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  facts TEXT NOT NULL
);
