-- What each card paid on a business date, for its daily limit. The date comes first: today's rows stand together.
CREATE TABLE card_sales (
  business_date TEXT NOT NULL,
  card_uid      TEXT NOT NULL,
  sale_id       TEXT NOT NULL,
  -- Of wallet and subsidies.
  amount_fen    INTEGER NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (business_date, card_uid, sale_id)
) STRICT, WITHOUT ROWID;
INSERT INTO card_sales (business_date, card_uid, sale_id, amount_fen)
  SELECT json_extract(body, '$.sale.businessDate'), json_extract(body, '$.sale.cardUid'),
    json_extract(body, '$.sale.saleId'),
    json_extract(body, '$.sale.tender.walletFen') + json_extract(body, '$.sale.quote.subsidyFen')
  FROM journal
  WHERE kind = 'sale.settled' AND json_extract(body, '$.sale.cardUid') IS NOT NULL
    AND json_extract(body, '$.sale.saleId') IN (SELECT sale_id FROM sales);

-- A member's own daily limit in place of the canteen's; zero: none, NULL: the canteen's again.
CREATE TABLE member_limits (
  member_id       TEXT PRIMARY KEY,
  daily_limit_fen INTEGER CHECK (daily_limit_fen >= 0),
  hlc             TEXT NOT NULL,
  origin          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- No part of the journal, like the PINs of the staff: they never travel.
CREATE TABLE member_pins (
  member_id       TEXT PRIMARY KEY,
  salt            BLOB NOT NULL,
  hash            BLOB NOT NULL,
  failures        INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
