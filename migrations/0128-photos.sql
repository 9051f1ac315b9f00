-- A member's picture for staff: sealed like her name, erased with it, and in no entry. Beside `persons`, because those rows are
-- opened at every tap and sent to the server.
CREATE TABLE person_photos (
  member_id TEXT PRIMARY KEY,
  -- Names the picture on a screen without saying whose it is; another one with each picture.
  photo_id  TEXT NOT NULL UNIQUE,
  sealed    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
