-- Scopes that are granted and that somebody has put away from this device, until they want them here again.
CREATE TABLE away (
  partition TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (partition, name)
) WITHOUT ROWID;
