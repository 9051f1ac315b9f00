-- Her own money given back to a senior, and corrections of what a wallet holds. No sale touches a page of these.
CREATE TABLE refunds (
  refund_id     TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL CHECK (amount_fen > 0),
  method        TEXT NOT NULL CHECK (method IN ('cash', 'transfer')),
  -- The closure of the canteen that it is part of; null for a refund of its own.
  closure_id    TEXT,
  note          TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE corrections (
  correction_id TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  -- What it added to her wallet, or took from it.
  amount_fen    INTEGER NOT NULL CHECK (amount_fen <> 0),
  reason        TEXT NOT NULL,
  -- The correction that this one takes back.
  undoes        TEXT,
  note          TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX corrections_by_undone ON corrections (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE day_refunds (
  business_date TEXT NOT NULL,
  method        TEXT NOT NULL,
  count         INTEGER NOT NULL,
  amount_fen    INTEGER NOT NULL,
  PRIMARY KEY (business_date, method)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_corrections (
  business_date TEXT PRIMARY KEY,
  count         INTEGER NOT NULL,
  added_fen     INTEGER NOT NULL,
  taken_fen     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
