-- When a partition's rows were last held against the school's, and how often in a row they differed.
ALTER TABLE partition ADD COLUMN checked TEXT;
ALTER TABLE partition ADD COLUMN differed INTEGER NOT NULL DEFAULT 0;
