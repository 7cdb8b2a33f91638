#pragma once
#include <stdint.h>

/// Nanoseconds of the monotonic clock.
int64_t now(void);

#define SECOND 1000000000LL
#define MILLISECOND 1000000LL
