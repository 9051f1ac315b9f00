-- The same card at two places. No sale touches a page of it.
CREATE TABLE card_alarms (
  origin      TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  alarm_id    TEXT NOT NULL,
  uid         TEXT NOT NULL,
  here        TEXT NOT NULL,
  here_at_ms  INTEGER NOT NULL,
  there       TEXT NOT NULL,
  there_at_ms INTEGER NOT NULL,
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_alarms_by_id ON card_alarms (alarm_id);
CREATE INDEX card_alarms_by_card ON card_alarms (uid, here_at_ms);
