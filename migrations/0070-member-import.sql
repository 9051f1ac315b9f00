-- A list of members that was accepted and is being taken in, piece by piece, beside the selling: what is left of it outlives
-- a restart. No part of the journal; each piece is sealed like a person, and gone once its members are in the book. The
-- origin tells a book that was put back from a backup: what its list brought may be on its way back from the server.

CREATE TABLE pending_imports (
  part_no INTEGER PRIMARY KEY,
  origin  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  count   INTEGER NOT NULL CHECK (count > 0),
  sealed  BLOB NOT NULL
) STRICT;
