-- What the bays remember over a restart: the level of each pan, and the trays that are not paid yet. No part of the
-- journal and no fold of it: a tray becomes an entry when it is paid. Written before anybody is shown what it says. The
-- origin tells a book that was put back from a backup: its trays may have been paid since (SPEC BY-12).

CREATE TABLE bay_pans (
  bay_id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE open_trays (
  tray_id TEXT PRIMARY KEY,
  origin  TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
