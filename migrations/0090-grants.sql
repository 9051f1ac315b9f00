-- Money that funds give members for meals, each grant with its last day. What is left of one stands in `balances`, under
-- member:ID:grant:GRANT. A sale that no grant pays for touches no page of these.

CREATE TABLE grants (
  grant_id   TEXT PRIMARY KEY,
  member_id  TEXT NOT NULL,
  funder_id  TEXT NOT NULL,
  title      TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  last_day   TEXT NOT NULL,
  origin     TEXT NOT NULL,
  seq        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_member ON grants (member_id, last_day);
CREATE INDEX grants_by_last_day ON grants (last_day);

CREATE TABLE grant_moves (
  member_id     TEXT NOT NULL,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  grant_id      TEXT NOT NULL,
  business_date TEXT NOT NULL,
  what          TEXT NOT NULL CHECK (what IN ('given', 'spent', 'returned', 'expired')),
  amount_fen    INTEGER NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (member_id, origin, seq, grant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_grants (
  business_date TEXT NOT NULL,
  funder_id     TEXT NOT NULL,
  given_fen     INTEGER NOT NULL,
  spent_fen     INTEGER NOT NULL,
  returned_fen  INTEGER NOT NULL,
  expired_fen   INTEGER NOT NULL,
  PRIMARY KEY (business_date, funder_id)
) STRICT, WITHOUT ROWID;
