-- Parts of sales that were taken back. A sale whose last part goes is voided, so these never add up to a whole one. No sale
-- touches a page of them.
CREATE TABLE part_reversals (
  reversal_id   TEXT PRIMARY KEY,
  sale_id       TEXT NOT NULL,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  sold_on       TEXT NOT NULL,
  meal_period   TEXT NOT NULL,
  member_id     TEXT,
  price_fen     INTEGER NOT NULL,
  discount_fen  INTEGER NOT NULL,
  subsidy_fen   INTEGER NOT NULL,
  wallet_fen    INTEGER NOT NULL,
  cash_fen      INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  note          TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX part_reversals_by_sale ON part_reversals (sale_id);
CREATE INDEX part_reversals_by_date ON part_reversals (business_date);

-- How much of a benefit's use no longer counts against its limits.
CREATE TABLE benefit_reversals (
  sale_id     TEXT NOT NULL,
  benefit_id  TEXT NOT NULL,
  reversal_id TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL,
  PRIMARY KEY (sale_id, benefit_id, reversal_id)
) STRICT, WITHOUT ROWID;
