-- Tables that are no fold of the journal (persons, PINs, bays, facts about the file) have no chain that would show a changed
-- byte. Each of their rows has a seal here: the SHA-256 of its cells. No sale touches a page of it.
CREATE TABLE row_seals (
  table_name TEXT NOT NULL,
  row_key    TEXT NOT NULL,
  seal       TEXT NOT NULL,
  PRIMARY KEY (table_name, row_key)
) STRICT, WITHOUT ROWID;
