-- A migration that touches much, for proofs: a new table filled from old rows, an index, a new column, changed rows.
CREATE TABLE planted_copy (
  seq  INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
INSERT INTO planted_copy (seq, body) SELECT position, body FROM journal;
CREATE INDEX planted_copy_by_body ON planted_copy (body);
ALTER TABLE meta ADD COLUMN planted TEXT;
UPDATE meta SET planted = 'yes';
