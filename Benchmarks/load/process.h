#pragma once
#include <stdint.h>

/// The server's processes, as given with --pid 12,13: what they hold and what they have used, added up; and the first of its database's.
void processes_named(const char *pids, int database);
/// Proportional set size in KB; 0 when no process was named.
int64_t memory_kb(void);
/// Processor time in nanoseconds over all threads that are still alive.
int64_t cpu_ns(void);
/// That of the database's first process and its children that are still alive.
int64_t database_cpu_ns(void);
