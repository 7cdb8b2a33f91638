"""The database file itself, opened when the server is gone: whole, and the workspace's numbers without a hole."""
import sqlite3
from pathlib import Path

from checker import Verdict


def check_files(data):
    verdict = Verdict("the database is whole, and the event log has no hole and no double")
    databases = [path for path in Path(data).rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"]
    verdict.require(databases, f"no database in {data}")
    for path in databases:
        check_file(path, verdict)
    return verdict


def check_file(path, verdict):
    with sqlite3.connect(path) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        verdict.require(whole == "ok", f"{path.name}: {whole}")
        verdict.require(not database.execute("PRAGMA foreign_key_check").fetchone(), f"{path.name}: a foreign key leads nowhere")
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return
        for workspace, first, last, count, different in database.execute(
            "SELECT workspace, min(seq), max(seq), count(*), count(DISTINCT seq) FROM events GROUP BY workspace"
        ):
            verdict.require(count == different == last - first + 1, f"workspace {workspace}: {count} events numbered {first} to {last}")
            verdict.examined += count
