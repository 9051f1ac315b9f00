-- The community server's database: many canteens, each with its stations and their journals. Times are milliseconds since
-- 1970 by the server's clock, money is fen, hashes are SHA-256 in hexadecimal. PostgreSQL 15.

CREATE TABLE meta (
  key   text PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE canteens (
  canteen_id     uuid PRIMARY KEY,
  name           text NOT NULL UNIQUE,
  created_at_ms  bigint NOT NULL,
  -- Counts the changes of sealed persons. Whoever changes one holds this row, so a reader's cursor never passes a change
  -- that is not committed yet.
  person_changes bigint NOT NULL DEFAULT 0
);

CREATE TABLE stations (
  canteen_id      uuid NOT NULL REFERENCES canteens,
  station_id      text NOT NULL,
  public_key      text NOT NULL,
  enrolled_at_ms  bigint NOT NULL,
  last_contact_ms bigint NOT NULL,
  PRIMARY KEY (canteen_id, station_id)
);

-- The code itself is nowhere; a used one stays, so that a lost answer can be asked for again by the same key.
CREATE TABLE enrolment_codes (
  code_hash        text PRIMARY KEY,
  canteen_id       uuid NOT NULL REFERENCES canteens,
  expires_at_ms    bigint NOT NULL,
  -- The station whose key this code replaces; null for a new station.
  replaces_station text,
  used_by_station  text,
  used_by_key      text
);

CREATE TABLE used_challenges (
  challenge_hash text PRIMARY KEY,
  expires_at_ms  bigint NOT NULL
);

CREATE TABLE sessions (
  token_hash    text PRIMARY KEY,
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  expires_at_ms bigint NOT NULL,
  FOREIGN KEY (canteen_id, station_id) REFERENCES stations
);

-- One per book. Its row is held while a batch comes in; head_seq is the newest number without a gap.
CREATE TABLE origins (
  origin_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  canteen_id uuid NOT NULL,
  origin     text NOT NULL,
  station_id text NOT NULL,
  head_seq   bigint NOT NULL,
  head_hash  text NOT NULL,
  UNIQUE (canteen_id, origin),
  FOREIGN KEY (canteen_id, station_id) REFERENCES stations
);

-- The body is text, not json: it is what was hashed, to the byte.
CREATE TABLE journal (
  origin_id      bigint NOT NULL REFERENCES origins,
  seq            bigint NOT NULL,
  id             text NOT NULL,
  kind           text NOT NULL,
  version        bigint NOT NULL,
  hlc            text NOT NULL,
  at             text NOT NULL,
  business_date  text NOT NULL,
  actor          text NOT NULL,
  prev_hash      text NOT NULL,
  hash           text NOT NULL,
  body           text NOT NULL,
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (origin_id, seq)
);

-- Signed by the station: the proof of what its book was. The key is kept beside, because it can be replaced.
CREATE TABLE checkpoints (
  origin_id      bigint NOT NULL REFERENCES origins,
  seq            bigint NOT NULL,
  hash           text NOT NULL,
  signature      text NOT NULL,
  public_key     text NOT NULL,
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (origin_id, seq)
);

-- Another entry was offered under a number that is taken: two books under one name.
CREATE TABLE forks (
  origin_id     bigint NOT NULL REFERENCES origins,
  seq           bigint NOT NULL,
  held_hash     text NOT NULL,
  offered_hash  text NOT NULL,
  times         bigint NOT NULL,
  first_seen_ms bigint NOT NULL,
  last_seen_ms  bigint NOT NULL,
  PRIMARY KEY (origin_id, seq, offered_hash)
);

-- Entries that are kept and not counted: of a kind or version that this program does not know yet …
CREATE TABLE waiting (
  origin_id bigint NOT NULL,
  seq       bigint NOT NULL,
  kind      text NOT NULL,
  version   bigint NOT NULL,
  PRIMARY KEY (origin_id, seq),
  FOREIGN KEY (origin_id, seq) REFERENCES journal
);

-- … or that do not make sense.
CREATE TABLE quarantine (
  origin_id   bigint NOT NULL,
  seq         bigint NOT NULL,
  reason      text NOT NULL,
  noted_at_ms bigint NOT NULL,
  PRIMARY KEY (origin_id, seq),
  FOREIGN KEY (origin_id, seq) REFERENCES journal
);

-- The id of each sale, void, top-up and close that was counted: under whatever number it comes again, it counts once.
CREATE TABLE counted (
  canteen_id uuid NOT NULL,
  what       text NOT NULL,
  id         text NOT NULL,
  origin_id  bigint NOT NULL,
  seq        bigint NOT NULL,
  PRIMARY KEY (canteen_id, what, id)
);

CREATE TABLE day_entries (
  canteen_id       uuid NOT NULL,
  station_id       text NOT NULL,
  business_date    text NOT NULL,
  entries          bigint NOT NULL,
  last_received_ms bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id)
);

-- Sold by the business date of the sale, voided by that of the void.
CREATE TABLE day_meals (
  canteen_id          uuid NOT NULL,
  station_id          text NOT NULL,
  business_date       text NOT NULL,
  meal_period         text NOT NULL,
  meals               bigint NOT NULL,
  price_fen           bigint NOT NULL,
  discount_fen        bigint NOT NULL,
  subsidy_fen         bigint NOT NULL,
  wallet_fen          bigint NOT NULL,
  cash_fen            bigint NOT NULL,
  voided_meals        bigint NOT NULL,
  voided_price_fen    bigint NOT NULL,
  voided_discount_fen bigint NOT NULL,
  voided_subsidy_fen  bigint NOT NULL,
  voided_wallet_fen   bigint NOT NULL,
  voided_cash_fen     bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id, meal_period)
);

CREATE TABLE day_funders (
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  business_date text NOT NULL,
  funder_id     text NOT NULL,
  amount_fen    bigint NOT NULL,
  voided_fen    bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id, funder_id)
);

CREATE TABLE day_top_ups (
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  business_date text NOT NULL,
  source        text NOT NULL,
  amount_fen    bigint NOT NULL,
  reversed_fen  bigint NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id, source)
);

CREATE TABLE day_closes (
  canteen_id    uuid NOT NULL,
  station_id    text NOT NULL,
  business_date text NOT NULL,
  origin_id     bigint NOT NULL,
  seq           bigint NOT NULL,
  at            text NOT NULL,
  expected_fen  bigint NOT NULL,
  counted_fen   bigint NOT NULL,
  float_fen     bigint NOT NULL,
  head_seq      bigint NOT NULL,
  head_hash     text NOT NULL,
  -- Whether what was signed off is what is held here.
  head_held     boolean NOT NULL,
  PRIMARY KEY (canteen_id, business_date, station_id)
);

-- Sealed by the station: nothing here can read them. Empty when erased.
CREATE TABLE persons (
  canteen_id uuid NOT NULL REFERENCES canteens,
  member_id  text NOT NULL,
  version    bigint NOT NULL,
  sealed     text NOT NULL,
  change     bigint NOT NULL,
  PRIMARY KEY (canteen_id, member_id),
  UNIQUE (canteen_id, change)
);
