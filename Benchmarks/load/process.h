#pragma once
#include <stdint.h>

/// The server's processes, as given with --pid 12,13: what they hold and what they have used, added up.
void processes_named(const char *pids);
/// Proportional set size in KB; 0 when no process was named.
int64_t memory_kb(void);
/// Processor time in nanoseconds over all threads that are still alive.
int64_t cpu_ns(void);
