#include "moro.h"
#include "clock.h"
#include "doors.h"
#include "http.h"
#include "lanes.h"
#include "options.h"
#include "phases.h"
#include "process.h"
#include "sockets.h"
#include "visitors.h"
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>

static long long *asked;
static int saturating;
static long messages;
static Histogram acknowledged;

static int visitors(void) {
    return options.connections;
}

// Durable messages: a POST on a keep-alive connection, heard on the other side's socket.

static void post_message(int lane, int64_t intended) {
    char text[2048], body[2400], path[128], request[4096];
    int visitor = lane % visitors(), fromAgent = lane >= visitors();
    lanes_compose(lane, intended, text, (size_t)options.size);
    snprintf(body, sizeof body, "{\"clientId\":\"%s-%ld\",\"text\":\"%.*s\"%s}", visitors_run(), messages, options.size, text,
             fromAgent ? ",\"kind\":\"reply\"" : "");
    snprintf(path, sizeof path, "/api/v1/conversations/%s/messages", visitor_conversation(visitor));
    asked[messages] = intended;
    size_t count = http_post(request, sizeof request, path, fromAgent ? "" : visitors_site_header(),
                             fromAgent ? agent_token(0) : visitor_token(visitor), body);
    http_submit(fromAgent ? door_of_agents() : door_of_visitor(visitor), request, count, (int)messages++);
}

static void send_message(long turn, long long intended) {
    int visitor = (int)(turn / 2 * 7919 % visitors());
    post_message(turn & 1 ? visitors() + visitor : visitor, intended);
}

static void answered_message(int tag, int status, const char *body, size_t count) {
    if (status == 200 || status == 201) {
        histogram_add(&acknowledged, now() - asked[tag]);
    } else if (!tally.refused++) {
        fprintf(stderr, "load: a message was refused: %d %.*s\n", status, (int)count, body);
    }
    if (saturating) send_message(messages, now());
}

static void begin(void) {
    histogram_clear(&acknowledged);
    histogram_clear(&sockets.toAgent);
    histogram_clear(&sockets.toVisitor);
    http_answered = answered_message;
    phase_begin();
}

static void print_durable(const char *name, double seconds) {
    char *more;
    size_t count;
    FILE *out = open_memstream(&more, &count);
    fprintf(out, ", \"refused\": %lld, \"lost\": %d, \"acknowledged\": ", (long long)tally.refused, sockets.lost);
    histogram_print(&acknowledged, out);
    fprintf(out, ", \"toAgent\": ");
    histogram_print(&sockets.toAgent, out);
    fprintf(out, ", \"toVisitor\": ");
    histogram_print(&sockets.toVisitor, out);
    fclose(out);
    phase_print(name, seconds, more);
    free(more);
}

static void drain_all(void) {
    int64_t until = now() + 15 * SECOND;
    while (http_pending() && now() < until) wires_turn(now() + 10 * MILLISECOND);
    drain();
}

static void durable(void) {
    begin();
    open_loop(options.rate, options.seconds, send_message);
    drain_all();
    print_durable("durable", options.seconds);
}

/// Every HTTP connection keeps one message on its way; a quarter of the first second is not counted.
static void saturate(void) {
    begin();
    saturating = 1;
    for (int i = 0; i < options.httpConnections; i++) send_message(messages, now());
    settle(0.25);
    phase_begin();
    histogram_clear(&acknowledged);
    int64_t start = now();
    settle(options.seconds);
    double seconds = (double)(now() - start) / SECOND;
    saturating = 0;
    tally.sent = (int64_t)acknowledged.total;
    drain_all();
    print_durable("saturate", seconds);
}

/// Messages keep coming while somebody else kills the server and starts it again; told by one line when to do so.
static void restart(void) {
    begin();
    sockets_come_back(1);
    printf("{\"phase\": \"kill now\"}\n");
    fflush(stdout);
    open_loop(options.rate, options.seconds, send_message);
    int64_t until = now() + 20 * SECOND;
    while (now() < until && (!sockets_all_back() || http_pending() || lanes_missing())) settle(0.05);
    char more[256];
    snprintf(more, sizeof more, ", \"refused\": %lld, \"resets\": %d, \"lost\": %d, \"returned\": %llu, \"awayP50\": %.0f, \"awayMax\": %.0f",
             (long long)tally.refused, sockets.resets, sockets.lost, (unsigned long long)sockets.away.total, histogram_at(&sockets.away, 0.5) / 1000,
             (double)sockets.away.longest / 1e6);
    phase_print("restart", options.seconds, more);
    sockets_come_back(0);
}

// Ephemeral signals: typing, up the visitor's socket and down the agents'.

/// Of all who are connected some are typing just now: each of these says so every five quarters of a second.
static void send_typing(long turn, long long intended) {
    int typists = options.rate * 5 / 4 < visitors() ? options.rate * 5 / 4 : visitors();
    tally.sent++;
    sockets_signal_typing((int)(turn % typists) * (visitors() / typists), intended);
}

/// The first signal of each typist, who is let in to the conversation by it, is not counted.
static void typing(void) {
    open_loop(options.rate, 2, send_typing);
    settle(0.5);
    begin();
    open_loop(options.rate, options.seconds, send_typing);
    settle(0.5);
    long dropped = tally.sent - tally.delivered;
    char more[64];
    snprintf(more, sizeof more, ", \"dropped\": %ld", dropped);
    phase_print("typing", options.seconds, more);
}

// Bare requests: what HTTP alone costs, next to a durable message.

static int asking;

static void ask(void) {
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    tally.sent++;
    http_submit(0, request, sizeof request - 1, 0);
}

static void answered_request(int tag, int status, const char *body, size_t count) {
    (void)tag, (void)status, (void)body, (void)count;
    tally.delivered++;
    if (asking) ask();
}

static void requests(void) {
    http_answered = answered_request;
    phase_begin();
    asking = 1;
    for (int i = 0; i < options.httpConnections; i++) ask();
    settle(options.seconds);
    asking = 0;
    phase_print("requests", options.seconds, "");
    while (http_pending()) wires_turn(now() + SECOND);
}

static void print_memory(const char *phase, int64_t before, int64_t sessions) {
    int64_t after = memory_kb();
    printf("{\"phase\": \"%s\", \"connections\": %d, \"lost\": %d, \"resets\": %d, \"beforeKB\": %lld, \"sessionsKB\": %lld, \"afterKB\": %lld, "
           "\"perConnectionKB\": %.2f, \"socketAloneKB\": %.2f}\n",
           phase, sockets.opened, sockets.lost, sockets.resets, (long long)before, (long long)sessions, (long long)after,
           (double)(after - before) / visitors(), (double)(after - sessions) / visitors());
    fflush(stdout);
}

static void cycles(void) {
    int64_t before = memory_kb();
    visitors_ready();
    for (int cycle = 1; cycle <= 4; cycle++) {
        int64_t sessions = memory_kb();
        sockets_open();
        settle(3);
        print_memory("cycle", before, sessions);
        sockets_close();
    }
}

static void make_room(void) {
    long most = (long)options.rate * options.seconds * 2 + 200000L * options.seconds;
    asked = malloc((size_t)most * sizeof *asked);
    lanes_prepare(2 * visitors(), 1 + options.agents, most);
    sockets_prepare();
}

void moro_run(void) {
    make_room();
    http_open(options.httpConnections);
    settle(0.5);
    if (asked_for("cycles")) return cycles();
    int64_t before = memory_kb();
    visitors_ready();
    int64_t sessions = memory_kb();
    sockets_open();
    settle(3);
    print_memory("idle", before, sessions);
    if (asked_for("hold")) settle(options.seconds);
    if (asked_for("typing")) typing();
    if (asked_for("durable")) durable();
    if (asked_for("requests")) requests();
    if (asked_for("saturate")) saturate();
    if (asked_for("restart")) restart();
    sockets_close();
}
