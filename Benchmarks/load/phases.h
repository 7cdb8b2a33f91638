#pragma once
#include "histogram.h"

/// Prints one finished phase as a JSON line: what was sent, seen and missed, and what it cost the server.
void phase_begin(void);
void phase_print(const char *name, double seconds, const char *more);
/// Called between turns, when set: what has to come back after a while.
extern void (*phases_tend)(void);
/// Waits, handling what arrives.
void settle(double seconds);
/// Waits until all that was sent has been seen by everyone, fifteen seconds at most.
void drain(void);

/// Sends `rate` messages a second for some seconds, each at its own intended time whether or not the earlier ones have arrived.
typedef void (*SendOne)(long turn, long long intended);
void open_loop(int rate, int seconds, SendOne send_one);
