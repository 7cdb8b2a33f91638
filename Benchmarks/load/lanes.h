#pragma once
#include "histogram.h"
#include <stddef.h>
#include <stdint.h>

/// A lane is one sender's numbered messages into one conversation. Every receiver of a lane must see 1, 2, 3 … once each.
typedef struct {
    int64_t sent, delivered, gaps, doubles, refused;
    Histogram delay;
} Tally;

extern Tally tally;

void lanes_prepare(int lanes, int receivers, int64_t mostMessages);
/// Writes the next message of a lane, its marker in front and padded to `size`, and notes when it was meant to leave.
size_t lanes_compose(int lane, int64_t intended, char *text, size_t size);
/// The lane of the message in this text, or -1 when it carries none; `delay` is counted from when it was meant to leave.
int lanes_find(const char *text, size_t count, int64_t *delay, uint32_t *number);
/// One receiver has got message `number` of a lane: in turn, or after a gap, or not for the first time.
void lanes_received(int lane, int receiver, uint32_t number);
/// What is still missing over all receivers of all lanes.
int64_t lanes_missing(void);
/// Starts a fresh tally; numbering goes on.
void lanes_restart(void);
