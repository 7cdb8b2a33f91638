#include "lanes.h"
#include "clock.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Tally tally;

typedef struct {
    int64_t intended;
    int lane;
    uint32_t number;
} Sent;

static Sent *sents;
static uint32_t *numbers, *seen;
static int laneCount, receiverCount;
static int64_t sentCount, room;

void lanes_prepare(int lanes, int receivers, int64_t mostMessages) {
    laneCount = lanes;
    receiverCount = receivers;
    room = mostMessages;
    numbers = calloc((size_t)lanes, sizeof *numbers);
    seen = calloc((size_t)lanes * (size_t)receivers, sizeof *seen);
    sents = malloc((size_t)mostMessages * sizeof *sents);
    lanes_restart();
}

static const char marker[] = "bench ";
enum { markerLength = 6, digits = 10 };

size_t lanes_compose(int lane, int64_t intended, char *text, size_t size) {
    if (sentCount == room) {
        fprintf(stderr, "load: more messages than were announced\n");
        exit(1);
    }
    sents[sentCount] = (Sent){intended, lane, ++numbers[lane]};
    int head = snprintf(text, size, "%s%010lld ", marker, (long long)sentCount++);
    memset(text + head, 'm', size - (size_t)head);
    tally.sent++;
    return size;
}

int lanes_find(const char *text, size_t count, int64_t *delay, uint32_t *number) {
    const char *at = memmem(text, count, marker, markerLength);
    if (!at || (size_t)(text + count - at) < markerLength + digits) return -1;
    int64_t id = strtoll(at + markerLength, NULL, 10);
    if (id < 0 || id >= sentCount) return -1;
    *delay = now() - sents[id].intended;
    *number = sents[id].number;
    return sents[id].lane;
}

void lanes_received(int lane, int receiver, uint32_t number) {
    uint32_t *last = &seen[(size_t)lane * (size_t)receiverCount + (size_t)receiver];
    tally.delivered++;
    if (number <= *last) {
        tally.doubles++;
    } else {
        tally.gaps += number - *last - 1;
        *last = number;
    }
}

int64_t lanes_missing(void) {
    int64_t missing = 0;
    for (int lane = 0; lane < laneCount; lane++)
        for (int r = 0; r < receiverCount; r++) missing += numbers[lane] - seen[(size_t)lane * (size_t)receiverCount + (size_t)r];
    return missing;
}

void lanes_restart(void) {
    memset(&tally, 0, sizeof tally);
}
