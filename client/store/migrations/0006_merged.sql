-- Units of accepted groups in which changes of others met this device's. n: the n-th of those who are known; by, device,
-- at: null where nobody is. seen: the teacher has looked at it. No value lies here: it is in the group and in the record.
CREATE TABLE merged (
  q INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  n INTEGER NOT NULL,
  by TEXT,
  device TEXT,
  at TEXT,
  seen INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (q, type, id, unit, n)
) WITHOUT ROWID;

-- The version of the record that the school had told when the unit was edited, null where that cannot be known.
ALTER TABLE edited ADD COLUMN ver INTEGER;
