-- Scopes that were granted and have ended. step: gone = no row is shown any more; clean = no byte of them is left in
-- the file or its log; told = the server knows.
CREATE TABLE ended (
  partition TEXT NOT NULL,
  name TEXT NOT NULL,
  step TEXT NOT NULL,
  PRIMARY KEY (partition, name)
) WITHOUT ROWID;
