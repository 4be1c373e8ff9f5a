-- The file that reviews are kept in. One section a version, from 1: what brings a file of the version before to it.
-- Never changed once released; a new version is a new section.

-- version 1
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, made TEXT NOT NULL, source TEXT NOT NULL,
    tags TEXT NOT NULL, seed INTEGER NOT NULL);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    number INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (review, number));
CREATE TABLE claims (
    id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    number INTEGER NOT NULL, answer INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (review, number),
    FOREIGN KEY (review, answer) REFERENCES answers (review, number));
CREATE TABLE raters (
    id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    name TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (review, key));
CREATE TABLE assignments (
    rater INTEGER NOT NULL REFERENCES raters ON DELETE CASCADE,
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    position INTEGER NOT NULL, skipped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (rater, claim), UNIQUE (rater, position));
CREATE TABLE verdicts (
    rater INTEGER NOT NULL, claim INTEGER NOT NULL, judgement TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (rater, claim),
    FOREIGN KEY (rater, claim) REFERENCES assignments (rater, claim) ON DELETE CASCADE);
CREATE TABLE adjudications (
    claim INTEGER PRIMARY KEY REFERENCES claims ON DELETE CASCADE, by TEXT NOT NULL,
    judgement TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, review INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    before TEXT, after TEXT, undone INTEGER NOT NULL DEFAULT 0);

-- version 2
-- So that undoing a verdict on a claim that had been put off puts it off again: skipped_before.
CREATE INDEX history_of_one ON history (review, who, id);
ALTER TABLE history ADD COLUMN skipped_before INTEGER NOT NULL DEFAULT 0;

-- version 3
-- When a rater first saw what others said (UTC); from then on their verdicts stay as they are. Null before.
ALTER TABLE raters ADD COLUMN looked TEXT;
