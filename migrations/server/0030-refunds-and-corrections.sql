-- Seniors' own money beyond meals and top-ups: what was given back to them, and wallets that were put right.
CREATE TABLE day_refunds (
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  business_date text NOT NULL,
  method        text NOT NULL,
  count         bigint NOT NULL,
  amount_fen    bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id, method)
);

CREATE TABLE day_corrections (
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  business_date text NOT NULL,
  count         bigint NOT NULL,
  added_fen     bigint NOT NULL,
  taken_fen     bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id)
);

-- Those that were received before were kept and counted nowhere: they wait as if the program had not known them, and are
-- counted as the server starts.
INSERT INTO waiting (origin_id, seq, kind, version)
  SELECT origin_id, seq, kind, version FROM journal WHERE kind IN ('wallet.refunded', 'wallet.corrected')
  ON CONFLICT DO NOTHING;
