-- The journal is the truth. Every table below it but `persons` and `meta` is the fold of the journal and is written by
-- the fold alone. Keys ascend with time where they can, so that a sale touches the same few pages in a large book as in
-- a small one.

CREATE TABLE journal (
  -- Order of arrival in this book.
  position      INTEGER PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL CHECK (seq > 0),
  id            TEXT NOT NULL,
  kind          TEXT NOT NULL,
  version       INTEGER NOT NULL,
  hlc           TEXT NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  actor         TEXT NOT NULL,
  prev_hash     TEXT NOT NULL,
  hash          TEXT NOT NULL,
  body          TEXT NOT NULL,
  UNIQUE (origin, seq)
) STRICT;

-- Entries that this program is too old to fold; folded after the upgrade.
CREATE TABLE waiting_entries (
  origin  TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales (
  sale_id       TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  meal_period   TEXT NOT NULL,
  member_id     TEXT,
  price_fen     INTEGER NOT NULL CHECK (price_fen >= 0),
  discount_fen  INTEGER NOT NULL CHECK (discount_fen >= 0),
  subsidy_fen   INTEGER NOT NULL CHECK (subsidy_fen >= 0),
  self_pay_fen  INTEGER NOT NULL CHECK (self_pay_fen = price_fen - discount_fen - subsidy_fen),
  wallet_fen    INTEGER NOT NULL CHECK (wallet_fen >= 0),
  cash_fen      INTEGER NOT NULL CHECK (cash_fen = self_pay_fen - wallet_fen),
  line_count    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_lines (
  sale_id       TEXT NOT NULL REFERENCES sales (sale_id),
  line_no       INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  dish_id       TEXT NOT NULL,
  quantity      INTEGER NOT NULL,
  net_mg        INTEGER NOT NULL,
  amount_fen    INTEGER NOT NULL,
  price_version INTEGER NOT NULL,
  PRIMARY KEY (sale_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE top_ups (
  top_up_id     TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL CHECK (amount_fen > 0),
  source        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE postings (
  origin     TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  posting_no INTEGER NOT NULL,
  account    TEXT NOT NULL,
  debit_fen  INTEGER NOT NULL CHECK (debit_fen >= 0),
  credit_fen INTEGER NOT NULL CHECK (credit_fen >= 0 AND (debit_fen = 0) <> (credit_fen = 0)),
  PRIMARY KEY (origin, seq, posting_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE balances (
  account       TEXT PRIMARY KEY,
  debit_fen     INTEGER NOT NULL,
  credit_fen    INTEGER NOT NULL,
  -- By how much a wallet stands below zero, because two stations sold offline at the same time. A sale of this station
  -- never changes it, so for a sale the CHECK is the limit itself.
  overdraft_fen INTEGER NOT NULL CHECK (overdraft_fen >= 0),
  CHECK (account NOT GLOB 'member:*' OR credit_fen - debit_fen + overdraft_fen >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_periods (
  business_date TEXT NOT NULL,
  meal_period   TEXT NOT NULL,
  meals         INTEGER NOT NULL,
  price_fen     INTEGER NOT NULL,
  discount_fen  INTEGER NOT NULL,
  subsidy_fen   INTEGER NOT NULL,
  wallet_fen    INTEGER NOT NULL,
  cash_fen      INTEGER NOT NULL,
  PRIMARY KEY (business_date, meal_period)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_funders (
  business_date TEXT NOT NULL,
  funder_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL,
  PRIMARY KEY (business_date, funder_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_dishes (
  business_date TEXT NOT NULL,
  dish_id       TEXT NOT NULL,
  count         INTEGER NOT NULL,
  net_mg        INTEGER NOT NULL,
  amount_fen    INTEGER NOT NULL,
  PRIMARY KEY (business_date, dish_id)
) STRICT, WITHOUT ROWID;

-- The month comes first: this month's uses stand together, however many years the book holds.
CREATE TABLE benefit_uses (
  month         TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  business_date TEXT NOT NULL,
  sale_id       TEXT NOT NULL,
  benefit_id    TEXT NOT NULL,
  meal_period   TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL,
  origin        TEXT NOT NULL,
  PRIMARY KEY (month, member_id, business_date, sale_id, benefit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
  member_id      TEXT PRIMARY KEY,
  categories     TEXT NOT NULL,
  household_area TEXT NOT NULL,
  residence_area TEXT NOT NULL,
  hlc            TEXT NOT NULL,
  origin         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
  uid       TEXT PRIMARY KEY,
  member_id TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('valid', 'lost')),
  hlc       TEXT NOT NULL,
  origin    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE menus (
  menu_id TEXT PRIMARY KEY,
  body    TEXT NOT NULL,
  hlc     TEXT NOT NULL,
  origin  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_packs (
  pack_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body    TEXT NOT NULL,
  hlc     TEXT NOT NULL,
  origin  TEXT NOT NULL,
  PRIMARY KEY (pack_id, version)
) STRICT, WITHOUT ROWID;

-- Names, birthdays and numbers of people: encrypted, erasable, and no part of the journal.
CREATE TABLE persons (
  member_id TEXT PRIMARY KEY,
  version   INTEGER NOT NULL,
  sealed    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts about this file: whose book it is, whether the key for persons fits.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
