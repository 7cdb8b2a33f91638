#include "process.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int pids[64], pidCount, database;

void processes_named(const char *list, int databasePid) {
    database = databasePid;
    while (list && *list && pidCount < 64) {
        char *rest;
        pids[pidCount++] = (int)strtol(list, &rest, 10);
        list = *rest == ',' ? rest + 1 : NULL;
    }
}

static int64_t memory_of(int pid) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    long long kb = 0;
    while (fgets(line, sizeof line, file) && sscanf(line, "Pss: %lld", &kb) != 1) {}
    fclose(file);
    return kb;
}

int64_t memory_kb(void) {
    int64_t sum = 0;
    for (int i = 0; i < pidCount; i++) sum += memory_of(pids[i]);
    return sum;
}

static int64_t cpu_of_thread(int pid, const char *thread) {
    char path[128];
    snprintf(path, sizeof path, "/proc/%d/task/%.32s/schedstat", pid, thread);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    long long ns = 0;
    if (fscanf(file, "%lld", &ns) != 1) ns = 0;
    fclose(file);
    return ns;
}

static int64_t cpu_of(int pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *threads = opendir(path);
    if (!threads) return 0;
    int64_t sum = 0;
    for (struct dirent *entry; (entry = readdir(threads));)
        if (entry->d_name[0] != '.') sum += cpu_of_thread(pid, entry->d_name);
    closedir(threads);
    return sum;
}

int64_t cpu_ns(void) {
    int64_t sum = 0;
    for (int i = 0; i < pidCount; i++) sum += cpu_of(pids[i]);
    return sum;
}

int64_t database_cpu_ns(void) {
    if (!database) return 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", database, database);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    int64_t sum = cpu_of(database);
    for (int child; fscanf(file, "%d", &child) == 1;) sum += cpu_of(child);
    fclose(file);
    return sum;
}
