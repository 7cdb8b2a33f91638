#include "rooms.h"
#include "clock.h"
#include "frames.h"
#include "lanes.h"
#include "options.h"
#include "phases.h"
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Wire *wires;
static int opened, lostCount;
static long inFlight;

static void on_open(Wire *wire) {
    (void)wire;
    opened++;
}

static void on_lost(Wire *wire) {
    (void)wire;
    lostCount++;
}

static void say(int member, int64_t intended) {
    char text[2048];
    frames_send(&wires[member], text, lanes_compose(member, intended, text, (size_t)options.size));
}

static int saturating;

/// A lane is a member speaking; both members of its room hear it, and the other one's hearing is what is measured.
static void on_text(Wire *wire, const char *text, size_t count) {
    int64_t delay;
    uint32_t number;
    int lane = lanes_find(text, count, &delay, &number);
    if (lane < 0) return;
    lanes_received(lane, wire->index & 1, number);
    if (lane == wire->index) return;
    histogram_add(&tally.delay, delay);
    if (!saturating) return;
    inFlight--;
    say(wire->index, now());
    inFlight++;
}

static void open_all(void) {
    wires = calloc((size_t)options.connections, sizeof *wires);
    for (int i = 0; i < options.connections; i++) {
        char path[64];
        wires[i] = (Wire){.fd = -1, .index = i, .received = frames_received, .lost = on_lost};
        wire_open(&wires[i]);
        snprintf(path, sizeof path, "/room/%d", i / 2);
        frames_ask(&wires[i], path, "");
        while (i - opened > 200) wires_turn(now() + SECOND);
    }
    int64_t until = now() + 20 * SECOND;
    while (opened < options.connections && now() < until) wires_turn(now() + 100 * MILLISECOND);
}

static void close_all(void) {
    for (int i = 0; i < options.connections; i++) wire_close(&wires[i]);
    free(wires);
    opened = 0;
    settle(2);
}

static void print_memory(const char *phase, int64_t before) {
    int64_t after = memory_kb();
    printf("{\"phase\": \"%s\", \"connections\": %d, \"lost\": %d, \"beforeKB\": %lld, \"afterKB\": %lld, \"perConnectionKB\": %.2f}\n",
           phase, opened, lostCount, (long long)before, (long long)after, (double)(after - before) / options.connections);
    fflush(stdout);
}

static void send_turn(long turn, long long intended) {
    say((int)(turn * 7919 % options.connections), intended);
}

static void relay(void) {
    phase_begin();
    open_loop(options.rate, options.seconds, send_turn);
    drain();
    phase_print("relay", options.seconds, "");
}

/// Every room keeps one message going to and fro until the time is over.
static void saturate(void) {
    phase_begin();
    saturating = 1;
    int64_t start = now(), until = start + options.seconds * SECOND;
    for (int room = 0; room < options.connections / 2 && room < 400; room++) say(room * 2, now());
    while (now() < until) wires_turn(until);
    saturating = 0;
    double seconds = (double)(now() - start) / SECOND;
    drain();
    phase_print("saturate", seconds, "");
}

static void cycles(void) {
    for (int cycle = 1; cycle <= 4; cycle++) {
        int64_t before = memory_kb();
        open_all();
        settle(2);
        print_memory("cycle", before);
        close_all();
    }
}

void rooms_run(void) {
    frames_text = on_text;
    frames_open = on_open;
    lanes_prepare(options.connections, 2, (int64_t)options.rate * options.seconds + 200000LL * options.seconds);
    if (asked_for("cycles")) return cycles();
    int64_t before = memory_kb();
    open_all();
    settle(2);
    print_memory("idle", before);
    if (asked_for("relay")) relay();
    if (asked_for("saturate")) saturate();
    close_all();
}
