-- Where cards paid, to find one that pays at two places within minutes: one of the two is a copy.
CREATE TABLE card_taps (
  origin_id  bigint NOT NULL REFERENCES origins (origin_id),
  seq        bigint NOT NULL,
  canteen_id uuid NOT NULL,
  station_id text NOT NULL,
  card_uid   text NOT NULL,
  at_ms      bigint NOT NULL,
  sale_id    text NOT NULL,
  PRIMARY KEY (origin_id, seq)
);
CREATE INDEX card_taps_of_station ON card_taps (canteen_id, station_id, at_ms);
CREATE INDEX card_taps_by_card ON card_taps (card_uid, at_ms);

CREATE TABLE card_alarms (
  -- The two sales, the smaller id first: told once, whichever of them arrives last.
  alarm_id      text PRIMARY KEY,
  card_uid      text NOT NULL,
  one_canteen   uuid NOT NULL,
  one_station   text NOT NULL,
  one_at_ms     bigint NOT NULL,
  other_canteen uuid NOT NULL,
  other_station text NOT NULL,
  other_at_ms   bigint NOT NULL,
  noted_at_ms   bigint NOT NULL
);
CREATE INDEX card_alarms_of_one ON card_alarms (one_canteen, one_station, noted_at_ms);
CREATE INDEX card_alarms_of_other ON card_alarms (other_canteen, other_station, noted_at_ms);
