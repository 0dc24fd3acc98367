-- SPDX-License-Identifier: 0BSD
-- A database in memory with a hundred thousand rows of one transaction; one in a file, closed and
-- opened again; what goes wrong.
.print == memory
CREATE TABLE reading (id INTEGER PRIMARY KEY, sensor INTEGER, tenths INTEGER, note TEXT);
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO reading SELECT i, i % 7, (i * 37) % 500 - 100, 'note ' || (i % 13) FROM n;
COMMIT;
SELECT count(*), min(id), max(id), sum(tenths) FROM reading;
SELECT sensor, count(*), min(tenths), max(tenths), round(avg(tenths), 3) FROM reading GROUP BY
    sensor;
CREATE INDEX by_note ON reading (note, tenths);
SELECT note, count(*) FROM reading WHERE note IN ('note 3', 'note 5') GROUP BY note ORDER BY
    note DESC;
SELECT a.id, b.id FROM reading a JOIN reading b ON b.id = a.id * 2 WHERE a.note = 'note 7' LIMIT 3;
UPDATE reading SET tenths = tenths + 1 WHERE sensor = 3;
DELETE FROM reading WHERE id % 2 = 0;
SELECT count(*), sum(tenths), changes() FROM reading;
PRAGMA integrity_check;

.print == language
SELECT 1 + 1, 7 / 2, 7 / 2.0, 7 % 3, 'a' || 'b', 1 << 40, NULL IS NULL, 5 BETWEEN 1 AND 9;
SELECT upper('abc'), substr('abcdef', 2, 3), length('äöü'), replace('aXbX', 'X', '-'), hex('AB');
SELECT typeof(1), typeof(1.5), typeof('x'), typeof(NULL), typeof(x'00'), CAST('12abc' AS INTEGER);
SELECT abs(-5), round(2.567, 2), max(1, 2, 3), coalesce(NULL, 'second'), iif(1 > 2, 'yes', 'no');
SELECT date('2024-02-29', '+1 year'), strftime('%Y week %W', '2026-11-30'), julianday('2000-01-01');
SELECT printf('%05d|%-6s|%8.3f|%x', 42, 'ab', 3.14159, 255), quote('it''s'), 1e300 * 1e10;
SELECT round(sqrt(2), 10), round(sin(1), 10), round(ln(10), 10), pow(2, 10);
SELECT json_extract('{"a":[1,{"b":"c"}]}', '$.a[1].b'), json_array(1, 'x', NULL);
SELECT group_concat(value, '-') FROM json_each('[3,1,2]');
WITH t(x) AS (VALUES (1), (2), (3), (4)) SELECT x, sum(x) OVER (ORDER BY x), rank() OVER
    (ORDER BY x / 2) FROM t;
WITH RECURSIVE f(n, a, b) AS (SELECT 1, 0, 1 UNION ALL SELECT n + 1, b, a + b FROM f WHERE n <
    90) SELECT max(b) FROM f;

.print == file
.open test.db
PRAGMA journal_mode;
CREATE TABLE account (name TEXT PRIMARY KEY, cents INTEGER NOT NULL CHECK (cents >= 0))
    WITHOUT ROWID;
CREATE TABLE moved (id INTEGER PRIMARY KEY, who TEXT REFERENCES account (name), cents INTEGER);
CREATE TRIGGER note AFTER UPDATE ON account BEGIN
    INSERT INTO moved (who, cents) VALUES (new.name, new.cents - old.cents);
END;
CREATE VIEW rich AS SELECT name FROM account WHERE cents > 1000;
INSERT INTO account VALUES ('ada', 5000), ('bob', 100), ('eve', 0);
BEGIN;
UPDATE account SET cents = cents - 300 WHERE name = 'ada';
UPDATE account SET cents = cents + 300 WHERE name = 'bob';
COMMIT;
BEGIN;
UPDATE account SET cents = 0;
SELECT sum(cents) FROM account;
ROLLBACK;
SELECT * FROM account ORDER BY name;
SAVEPOINT one;
DELETE FROM account WHERE name = 'eve';
ROLLBACK TO one;
RELEASE one;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
INSERT INTO moved (who, cents) SELECT 'ada', i FROM n;
.open other.db
SELECT count(*) FROM sqlite_schema;
.open test.db
SELECT count(*), sum(cents) FROM moved;
SELECT * FROM rich;
PRAGMA integrity_check;
PRAGMA page_count;
VACUUM;
PRAGMA integrity_check;
ATTACH 'other.db' AS other;
CREATE TABLE other.copy AS SELECT * FROM account;
SELECT name FROM other.copy ORDER BY cents DESC;
DETACH other;

.print == wrong
SELEC 1;
SELECT * FROM nowhere;
INSERT INTO account VALUES ('ada', 1);
UPDATE account SET cents = -1 WHERE name = 'bob';
INSERT INTO account VALUES ('zoe', NULL);
SELECT abs(-9223372036854775808);
.open no/such/folder/test.db
CREATE TABLE t (x);
.open :memory:
.print == end
