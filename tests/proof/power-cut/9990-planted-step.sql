-- A migration that touches much, for proofs: a new table filled from old rows, an index, a new column, changed rows. It leaves the sealed tables alone.
CREATE TABLE planted_copy (
  seq  INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
INSERT INTO planted_copy (seq, body) SELECT position, body FROM journal;
CREATE INDEX planted_copy_by_body ON planted_copy (body);
ALTER TABLE planted_copy ADD COLUMN planted TEXT;
UPDATE planted_copy SET planted = 'yes';
