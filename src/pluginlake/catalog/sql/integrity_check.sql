-- One row a fault that SQLite finds in the catalog attached as $1; the one row 'ok' if there is none.
SELECT checks.integrity_check FROM sqlite_query($1, 'PRAGMA integrity_check') AS checks
