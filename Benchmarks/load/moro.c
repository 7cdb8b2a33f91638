#include "moro.h"
#include "clock.h"
#include "frames.h"
#include "http.h"
#include "json.h"
#include "lanes.h"
#include "options.h"
#include "phases.h"
#include "process.h"
#include "visitors.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Wire *wires;
static long long *seqs, *intendedTyping, *asked;
static int opened, lostCount, resets, saturating;
static long messages;
static Histogram acknowledged, toAgent, toVisitor;

static int visitors(void) {
    return options.connections;
}

// Sockets: visitors first, the agents after them.

static void on_open(Wire *wire) {
    (void)wire;
}

static void on_lost(Wire *wire) {
    (void)wire;
    lostCount++;
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
    histogram_add(agent ? &toAgent : &toVisitor, delay);
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
        opened++;
    } else if (!strcmp(type, "reset")) {
        opened++, resets++;
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
    *wire = (Wire){.fd = -1, .index = index, .received = frames_received, .lost = on_lost};
    seqs[index] = after;
    wire_open(wire);
    int visitor = index < visitors();
    snprintf(path, sizeof path, "/api/v1/socket?after=%lld%s%s", after, visitor ? "&site=" : "", visitor ? options.site : "");
    snprintf(headers, sizeof headers, "Sec-WebSocket-Protocol: moro, token.%s\r\n", visitor ? visitor_token(index) : options.agentToken);
    frames_ask(wire, path, headers);
}

static void open_sockets(void) {
    long long after = newest_seq();
    int all = visitors() + options.agents;
    opened = 0;
    for (int i = 0; i < all; i++) {
        open_socket(i, after);
        while (i - opened > 200) wires_turn(now() + SECOND);
    }
    int64_t until = now() + 30 * SECOND;
    while (opened < all && now() < until) wires_turn(now() + 100 * MILLISECOND);
    if (opened < all) fprintf(stderr, "load: only %d of %d sockets said hello\n", opened, all);
}

static void close_sockets(void) {
    for (int i = 0; i < visitors() + options.agents; i++) wire_close(&wires[i]);
    settle(2);
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
                             fromAgent ? options.agentToken : visitor_token(visitor), body);
    http_submit(request, count, (int)messages++);
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
    histogram_clear(&toAgent);
    histogram_clear(&toVisitor);
    http_answered = answered_message;
    phase_begin();
}

static void print_durable(const char *name, double seconds) {
    char *more;
    size_t count;
    FILE *out = open_memstream(&more, &count);
    fprintf(out, ", \"refused\": %lld, \"lost\": %d, \"acknowledged\": ", (long long)tally.refused, lostCount);
    histogram_print(&acknowledged, out);
    fprintf(out, ", \"toAgent\": ");
    histogram_print(&toAgent, out);
    fprintf(out, ", \"toVisitor\": ");
    histogram_print(&toVisitor, out);
    fclose(out);
    phase_print(name, seconds, more);
    free(more);
}

static void drain_all(void) {
    int64_t until = now() + 3 * SECOND;
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

// Ephemeral signals: typing, up the visitor's socket and down the agents'.

static void send_typing(long turn, long long intended) {
    char signal[256];
    int visitor = (int)(turn * 7919 % visitors());
    int count = snprintf(signal, sizeof signal, "{\"type\":\"typing\",\"conversation\":\"%s\",\"text\":\"%.*s\"}",
                         visitor_conversation(visitor), 64, "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm");
    intendedTyping[visitor] = intended;
    tally.sent++;
    frames_send(&wires[visitor], signal, (size_t)count);
}

static void typing(void) {
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
    http_submit(request, sizeof request - 1, 0);
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
           phase, opened, lostCount, resets, (long long)before, (long long)sessions, (long long)after,
           (double)(after - before) / visitors(), (double)(after - sessions) / visitors());
    fflush(stdout);
}

static void cycles(void) {
    int64_t before = memory_kb();
    visitors_ready();
    for (int cycle = 1; cycle <= 4; cycle++) {
        int64_t sessions = memory_kb();
        open_sockets();
        settle(3);
        print_memory("cycle", before, sessions);
        close_sockets();
    }
}

static void make_room(void) {
    int all = visitors() + options.agents;
    long most = (long)options.rate * options.seconds * 2 + 200000L * options.seconds;
    wires = calloc((size_t)all, sizeof *wires);
    seqs = calloc((size_t)all, sizeof *seqs);
    intendedTyping = calloc((size_t)visitors(), sizeof *intendedTyping);
    asked = malloc((size_t)most * sizeof *asked);
    lanes_prepare(2 * visitors(), 1 + options.agents, most);
}

void moro_run(void) {
    frames_text = on_text;
    frames_open = on_open;
    make_room();
    http_open(options.httpConnections);
    settle(0.5);
    if (asked_for("cycles")) return cycles();
    int64_t before = memory_kb();
    visitors_ready();
    int64_t sessions = memory_kb();
    open_sockets();
    settle(3);
    print_memory("idle", before, sessions);
    if (asked_for("typing")) typing();
    if (asked_for("durable")) durable();
    if (asked_for("requests")) requests();
    if (asked_for("saturate")) saturate();
    close_sockets();
}
