CREATE TABLE IF NOT EXISTS unit (
  id INTEGER PRIMARY KEY,
  source_language TEXT NOT NULL,
  target_language TEXT NOT NULL,
  text TEXT NOT NULL,            -- the plain source, which searches compare
  source TEXT NOT NULL,          -- content as JSON
  target TEXT NOT NULL,
  origin TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  machine INTEGER NOT NULL,
  previous TEXT NOT NULL,
  following TEXT NOT NULL,
  UNIQUE (source_language, target_language, source, target, previous, following)
);
CREATE INDEX IF NOT EXISTS unit_text ON unit (source_language, target_language, text);
CREATE TABLE IF NOT EXISTS ranking (
  source_language TEXT NOT NULL,
  target_language TEXT NOT NULL,
  number INTEGER NOT NULL,       -- which lists belong to it
  last INTEGER NOT NULL,         -- the highest unit in the index, later ones are scanned
  ids BLOB NOT NULL,             -- units by rank, lengths by rank, places by bucket: unsigned 32 bit, little endian
  lengths BLOB NOT NULL,
  sizes BLOB NOT NULL,
  texts BLOB NOT NULL,           -- the sources by rank, one after the other in UTF-8, and where each begins
  bounds BLOB NOT NULL,
  PRIMARY KEY (source_language, target_language)
);
CREATE TABLE IF NOT EXISTS bucket (
  ranking INTEGER NOT NULL,
  number INTEGER NOT NULL,
  ranks BLOB NOT NULL,
  PRIMARY KEY (ranking, number)
);
PRAGMA user_version = 1;
