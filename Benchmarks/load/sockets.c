#include "sockets.h"
#include "clock.h"
#include "doors.h"
#include "frames.h"
#include "http.h"
#include "json.h"
#include "lanes.h"
#include "options.h"
#include "phases.h"
#include "visitors.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Counts sockets;

static Wire *wires;
static long long *seqs, *intendedTyping;
static int returning;
static int64_t *lostAt, *returnAt;

static int visitors(void) {
    return options.connections;
}

static int everyone(void) {
    return visitors() + options.agents;
}

static void on_open(Wire *wire);
static void on_text(Wire *wire, const char *text, size_t count);

void sockets_prepare(void) {
    wires = calloc((size_t)everyone(), sizeof *wires);
    seqs = calloc((size_t)everyone(), sizeof *seqs);
    intendedTyping = calloc((size_t)visitors(), sizeof *intendedTyping);
    lostAt = calloc((size_t)everyone(), sizeof *lostAt);
    returnAt = calloc((size_t)everyone(), sizeof *returnAt);
    frames_text = on_text;
    frames_open = on_open;
}

// Coming back after the server was killed: each in its own time, 0.5 to 1.5 s after it noticed, as the widget does.

static void plan_return(int index) {
    if (!lostAt[index]) lostAt[index] = now();
    returnAt[index] = now() + (500 + rand() % 1000) * MILLISECOND;
}

static void note_return(int index) {
    if (lostAt[index]) histogram_add(&sockets.away, now() - lostAt[index]);
    lostAt[index] = 0;
}

static void open_socket(int index, long long after);

static void return_those_due(void) {
    http_tend();
    for (int i = 0; i < everyone(); i++) {
        if (!returnAt[i] || returnAt[i] > now()) continue;
        returnAt[i] = 0;
        open_socket(i, seqs[i]);
    }
}

// Sockets: visitors first, the agents after them.

static void on_open(Wire *wire) {
    (void)wire;
}

static void on_lost(Wire *wire) {
    sockets.lost++;
    if (returning) plan_return(wire->index);
}

/// Lane i is visitor i speaking, lane visitors + i an agent answering. Both the visitor and every agent hear each of them.
static void heard_message(Wire *wire, const char *text, size_t count) {
    int64_t delay;
    uint32_t number;
    int lane = lanes_find(text, count, &delay, &number);
    if (lane < 0) return;
    int agent = wire->index >= visitors(), fromAgent = lane >= visitors();
    lanes_received(lane, agent ? 1 + wire->index - visitors() : 0, number);
    if (agent == fromAgent) return;
    histogram_add(&tally.delay, delay);
    histogram_add(agent ? &sockets.toAgent : &sockets.toVisitor, delay);
}

static void heard_typing(Wire *wire, const char *text, size_t count) {
    char conversation[64];
    if (wire->index < visitors() || !json_copy(text, count, "conversation", conversation, sizeof conversation)) return;
    int visitor = visitor_of(conversation);
    if (visitor < 0 || !intendedTyping[visitor]) return;
    tally.delivered++;
    histogram_add(&tally.delay, now() - intendedTyping[visitor]);
    intendedTyping[visitor] = 0;
}

static void check_seq(Wire *wire, const char *text, size_t count) {
    long long seq = json_number(text, count, "seq");
    if (seq <= seqs[wire->index]) tally.doubles++;
    seqs[wire->index] = seq;
}

static void on_text(Wire *wire, const char *text, size_t count) {
    char type[32];
    if (!json_copy(text, count, "type", type, sizeof type)) return;
    if (!strcmp(type, "hello")) {
        sockets.opened++;
        note_return(wire->index);
    } else if (!strcmp(type, "reset")) {
        sockets.opened++, sockets.resets++;
        note_return(wire->index);
    } else if (!strcmp(type, "typing")) {
        heard_typing(wire, text, count);
    } else if (!strcmp(type, "message.added")) {
        check_seq(wire, text, count);
        heard_message(wire, text, count);
    }
}

static void open_socket(int index, long long after) {
    char path[160], headers[512];
    Wire *wire = &wires[index];
    int visitor = index < visitors();
    *wire = (Wire){.fd = -1, .index = index, .received = frames_received, .lost = on_lost};
    wire->door = visitor ? door_of_visitor(index) : door_of_agents();
    seqs[index] = after;
    wire_open(wire);
    snprintf(path, sizeof path, "/api/v1/socket?after=%lld%s%s", after, visitor ? "&site=" : "", visitor ? options.site : "");
    snprintf(headers, sizeof headers, "Sec-WebSocket-Protocol: moro, token.%s\r\n", visitor ? visitor_token(index) : agent_token(index - visitors()));
    frames_ask(wire, path, headers);
}

void sockets_open(void) {
    long long after = newest_seq();
    sockets.opened = 0;
    for (int i = 0; i < everyone(); i++) {
        open_socket(i, after);
        while (i - sockets.opened > 200) wires_turn(now() + SECOND);
    }
    int64_t until = now() + 30 * SECOND;
    while (sockets.opened < everyone() && now() < until) wires_turn(now() + 100 * MILLISECOND);
    if (sockets.opened < everyone()) fprintf(stderr, "load: only %d of %d sockets said hello\n", sockets.opened, everyone());
}

void sockets_close(void) {
    for (int i = 0; i < everyone(); i++) wire_close(&wires[i]);
    settle(2);
}

void sockets_signal_typing(int visitor, long long intended) {
    char signal[256];
    int count = snprintf(signal, sizeof signal, "{\"type\":\"typing\",\"conversation\":\"%s\",\"text\":\"%.*s\"}",
                         visitor_conversation(visitor), 64, "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm");
    intendedTyping[visitor] = intended;
    frames_send(&wires[visitor], signal, (size_t)count);
}

void sockets_come_back(int yes) {
    returning = frames_forgive = yes;
    phases_tend = yes ? return_those_due : NULL;
}

int sockets_all_back(void) {
    for (int i = 0; i < everyone(); i++)
        if (lostAt[i] || wires[i].fd < 0) return 0;
    return 1;
}
