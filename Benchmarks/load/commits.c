// What the disk gives to bare SQLite: messages a second, one (or --batch) to a transaction, WAL, synchronous=FULL.
// `commits DIRECTORY SECONDS BATCH`; the table is append-only with a time-ordered key, nothing else is written.
#include "clock.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sqlite3 *db;

static void run(const char *sql) {
    char *trouble = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &trouble) == SQLITE_OK) return;
    fprintf(stderr, "commits: %s: %s\n", sql, trouble);
    exit(1);
}

static int full_is_on(void) {
    sqlite3_stmt *ask;
    sqlite3_prepare_v2(db, "PRAGMA synchronous", -1, &ask, NULL);
    int level = sqlite3_step(ask) == SQLITE_ROW ? sqlite3_column_int(ask, 0) : -1;
    sqlite3_finalize(ask);
    return level == 2;
}

static void insert(sqlite3_stmt *statement, long long number) {
    char text[137];
    memset(text, 'm', 136);
    text[136] = 0;
    sqlite3_bind_int64(statement, 1, number);
    sqlite3_bind_int64(statement, 2, number % 1000);
    sqlite3_bind_text(statement, 3, text, 136, SQLITE_TRANSIENT);
    if (sqlite3_step(statement) != SQLITE_DONE) exit(1);
    sqlite3_reset(statement);
}

int main(int count, char **words) {
    if (count != 4) return 64;
    char path[4096];
    snprintf(path, sizeof path, "%s/commits.db", words[1]);
    if (sqlite3_open(path, &db) != SQLITE_OK) return 1;
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, text TEXT NOT NULL)");
    if (!full_is_on()) return 1;

    sqlite3_stmt *statement;
    sqlite3_prepare_v2(db, "INSERT INTO message VALUES (?1, ?2, ?3)", -1, &statement, NULL);
    long long number = 0, batch = atoll(words[3]);
    int64_t start = now(), until = start + atoll(words[2]) * SECOND;
    while (now() < until) {
        run("BEGIN IMMEDIATE");
        for (long long i = 0; i < batch; i++) insert(statement, ++number);
        run("COMMIT");
    }
    double seconds = (double)(now() - start) / SECOND;
    printf("{\"messages\": %lld, \"seconds\": %.3f, \"batch\": %lld, \"perSecond\": %.0f}\n", number, seconds, batch, (double)number / seconds);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return 0;
}
