-- The day around the counter: what staff, managers and the night's work write. Sales keep their tables as they are, so a
-- settlement touches no page more than before; what is taken back stands in tables of its own and is subtracted when a
-- report is read.

CREATE TABLE voids (
  void_id       TEXT PRIMARY KEY,
  sale_id       TEXT NOT NULL UNIQUE,
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
CREATE INDEX voids_by_date ON voids (business_date);

-- By the business date of the void, as day_periods, day_funders and day_dishes are by that of the sale.
CREATE TABLE reversed_periods (
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

CREATE TABLE reversed_funders (
  business_date TEXT NOT NULL,
  funder_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL,
  PRIMARY KEY (business_date, funder_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reversed_dishes (
  business_date TEXT NOT NULL,
  dish_id       TEXT NOT NULL,
  count         INTEGER NOT NULL,
  net_mg        INTEGER NOT NULL,
  amount_fen    INTEGER NOT NULL,
  PRIMARY KEY (business_date, dish_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE top_up_reversals (
  reversal_id   TEXT PRIMARY KEY,
  top_up_id     TEXT NOT NULL UNIQUE,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  member_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL CHECK (amount_fen > 0),
  source        TEXT NOT NULL,
  note          TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE day_top_ups (
  business_date  TEXT NOT NULL,
  source         TEXT NOT NULL,
  count          INTEGER NOT NULL,
  amount_fen     INTEGER NOT NULL,
  reversed_count INTEGER NOT NULL,
  reversed_fen   INTEGER NOT NULL,
  PRIMARY KEY (business_date, source)
) STRICT, WITHOUT ROWID;
INSERT INTO day_top_ups (business_date, source, count, amount_fen, reversed_count, reversed_fen)
  SELECT business_date, source, count(*), sum(amount_fen), 0, 0 FROM top_ups GROUP BY business_date, source;
CREATE INDEX top_ups_by_member ON top_ups (member_id);

CREATE TABLE drawer_moves (
  move_id       TEXT PRIMARY KEY,
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL,
  note          TEXT NOT NULL,
  actor         TEXT NOT NULL,
  approved_by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drawer_moves_by_date ON drawer_moves (business_date);

CREATE TABLE day_closes (
  closed_date  TEXT NOT NULL,
  origin       TEXT NOT NULL,
  seq          INTEGER NOT NULL,
  at           TEXT NOT NULL,
  closed_by    TEXT NOT NULL,
  expected_fen INTEGER NOT NULL,
  counted_fen  INTEGER NOT NULL CHECK (counted_fen >= 0),
  explanation  TEXT NOT NULL,
  float_fen    INTEGER NOT NULL CHECK (float_fen >= 0 AND float_fen <= counted_fen),
  head_seq     INTEGER NOT NULL,
  head_hash    TEXT NOT NULL,
  PRIMARY KEY (closed_date, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE dishes (
  dish_id TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  tags    TEXT NOT NULL,
  emoji   TEXT NOT NULL,
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  hlc     TEXT NOT NULL,
  origin  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE prices (
  dish_id           TEXT NOT NULL,
  effective_from_ms INTEGER NOT NULL,
  pricing           TEXT NOT NULL,
  price_version     INTEGER NOT NULL,
  hlc               TEXT NOT NULL,
  origin            TEXT NOT NULL,
  PRIMARY KEY (dish_id, effective_from_ms)
) STRICT, WITHOUT ROWID;

-- The dishes and prices of every menu that was published whole, before there was a library: from the journal, because
-- `menus` holds the newest of each only.
INSERT INTO dishes (dish_id, name, tags, emoji, retired, hlc, origin)
  SELECT dish ->> '$.id', dish ->> '$.name', dish ->> '$.tags', dish ->> '$.emoji', 0, hlc, origin
  FROM (SELECT each.value AS dish, hlc, origin
        FROM journal, json_each(body, '$.menu.dishes') AS each
        WHERE kind = 'menu.published' AND version = 1 ORDER BY position, each.key)
  WHERE true
  ON CONFLICT DO UPDATE SET name = excluded.name, tags = excluded.tags, emoji = excluded.emoji,
    hlc = excluded.hlc, origin = excluded.origin
  WHERE (excluded.hlc, excluded.origin) > (dishes.hlc, dishes.origin);

INSERT INTO prices (dish_id, effective_from_ms, pricing, price_version, hlc, origin)
  SELECT dish ->> '$.id',
    -- The first twelve hexadecimal digits of a hybrid time are its milliseconds.
    (SELECT sum((instr('0123456789abcdef', substr(hlc, digit.value, 1)) - 1) << (4 * (12 - digit.value)))
     FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') AS digit),
    dish ->> '$.pricing', dish ->> '$.priceVersion', hlc, origin
  FROM (SELECT each.value AS dish, hlc, origin
        FROM journal, json_each(body, '$.menu.dishes') AS each
        WHERE kind = 'menu.published' AND version = 1 ORDER BY position, each.key)
  WHERE true
  ON CONFLICT DO UPDATE SET pricing = excluded.pricing, price_version = excluded.price_version,
    hlc = excluded.hlc, origin = excluded.origin
  WHERE (excluded.hlc, excluded.origin) > (prices.hlc, prices.origin);

CREATE TABLE menu_plans (
  meal_period   TEXT NOT NULL,
  business_date TEXT NOT NULL,
  dish_ids      TEXT NOT NULL,
  hlc           TEXT NOT NULL,
  origin        TEXT NOT NULL,
  PRIMARY KEY (meal_period, business_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE sold_out (
  business_date TEXT NOT NULL,
  meal_period   TEXT NOT NULL,
  dish_id       TEXT NOT NULL,
  sold_out      INTEGER NOT NULL CHECK (sold_out IN (0, 1)),
  hlc           TEXT NOT NULL,
  origin        TEXT NOT NULL,
  PRIMARY KEY (business_date, meal_period, dish_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  staff_id TEXT PRIMARY KEY,
  role     TEXT NOT NULL CHECK (role IN ('cashier', 'manager', 'admin')),
  active   INTEGER NOT NULL CHECK (active IN (0, 1)),
  hlc      TEXT NOT NULL,
  origin   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  origin        TEXT NOT NULL,
  seq           INTEGER NOT NULL,
  at            TEXT NOT NULL,
  business_date TEXT NOT NULL,
  actor         TEXT NOT NULL,
  act           TEXT NOT NULL,
  subject       TEXT,
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_by_member ON cards (member_id);

-- A member's meals that her wallet paid nothing of: all others are found by the postings of her wallet. An ordinary sale
-- is not in it, so a settlement touches no page of it.
CREATE INDEX sales_beside_wallet ON sales (member_id, business_date) WHERE wallet_fen = 0 AND member_id IS NOT NULL;

-- Where in an origin's journal a business date begins: the entries of a day are the ones from here up to the next row. An
-- index over the date would cost each settlement a page; this costs one row a day.
CREATE TABLE day_runs (
  origin        TEXT NOT NULL,
  first_seq     INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  PRIMARY KEY (origin, first_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_runs_by_date ON day_runs (business_date);
INSERT INTO day_runs (origin, first_seq, business_date)
  SELECT origin, seq, business_date
  FROM (SELECT origin, seq, business_date,
          lag(business_date) OVER (PARTITION BY origin ORDER BY seq) AS date_before
        FROM journal)
  WHERE date_before IS NOT business_date;

-- Everything but sales, for the audit. A sale is left out, so a settlement touches no page of it.
CREATE INDEX journal_acts ON journal (hlc, origin) WHERE kind <> 'sale.settled';

-- No part of the journal, like persons: a PIN of few digits must not travel, not even as its hash.
CREATE TABLE staff_pins (
  staff_id        TEXT PRIMARY KEY,
  salt            BLOB NOT NULL,
  hash            BLOB NOT NULL,
  failures        INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which version of a person the server holds; an erased person stays as a row with nothing in it, so that it is erased there.
ALTER TABLE persons ADD COLUMN synced_version INTEGER NOT NULL DEFAULT 0;

-- The cash of a drawer since it was last counted, without reading past what wallets and funders moved. A sale that takes no
-- cash touches no page of it.
CREATE INDEX postings_of_drawers ON postings (account, origin, seq) WHERE account GLOB 'canteen:drawer:*';
