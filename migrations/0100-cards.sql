-- A card can be given back, and a deposit lies on it: SQLite cannot widen a CHECK, so the table is written anew.
CREATE TABLE cards_anew (
  uid       TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('valid', 'lost', 'returned')),
  hlc       TEXT NOT NULL,
  origin    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO cards_anew SELECT uid, member_id, state, hlc, origin FROM cards;
DROP TABLE cards;
ALTER TABLE cards_anew RENAME TO cards;
CREATE INDEX cards_by_member ON cards (member_id);

-- Deposits by business date: taken when a card was issued, paid back when it was returned. No sale touches a page of it.
CREATE TABLE day_deposits (
  business_date  TEXT PRIMARY KEY,
  taken_count    INTEGER NOT NULL,
  taken_fen      INTEGER NOT NULL,
  returned_count INTEGER NOT NULL,
  returned_fen   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A return that is asked for twice is one.
CREATE TABLE card_returns (
  return_id     TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  uid           TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  deposit_fen   INTEGER NOT NULL CHECK (deposit_fen >= 0)
) STRICT, WITHOUT ROWID;

-- Each issue that a deposit was taken for.
CREATE TABLE card_deposits (
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  uid           TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  deposit_fen   INTEGER NOT NULL CHECK (deposit_fen > 0),
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;
