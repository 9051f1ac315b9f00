-- Checks of a scale with a known weight, and managers' decisions to sell from one that failed. No sale touches a page of them.

CREATE TABLE scale_checks (
  check_id       TEXT PRIMARY KEY,
  scale_id       TEXT NOT NULL,
  origin         TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  hlc            TEXT NOT NULL,
  at             TEXT NOT NULL,
  business_date  TEXT NOT NULL,
  actor          TEXT NOT NULL,
  nominal_mg     INTEGER NOT NULL CHECK (nominal_mg > 0),
  measured_mg    INTEGER NOT NULL,
  error_mg       INTEGER NOT NULL CHECK (error_mg = measured_mg - nominal_mg),
  permissible_mg INTEGER NOT NULL CHECK (permissible_mg > 0),
  verdict        TEXT NOT NULL CHECK (verdict IN ('good', 'failed'))
) STRICT, WITHOUT ROWID;
CREATE INDEX scale_checks_by_scale ON scale_checks (scale_id, hlc, origin);

CREATE TABLE scale_releases (
  release_id    TEXT PRIMARY KEY,
  check_id      TEXT NOT NULL,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  hlc           TEXT NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  actor         TEXT NOT NULL,
  note          TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scale_releases_by_check ON scale_releases (check_id, business_date);
