#include "http.h"
#include "clock.h"
#include "doors.h"
#include "phases.h"
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void (*http_answered)(int tag, int status, const char *body, size_t count);

typedef struct Request {
    struct Request *next;
    size_t count;
    int tag;
    char bytes[];
} Request;

/// Before each door: what waits, and the connections that are free.
typedef struct {
    Request *first, *last;
    int *idle, idleCount;
} Line;

static Line *lines;
static Wire *wires;
static Request **underway;
static int pending, wireCount;
static int64_t *reopenAt;

static size_t received(Wire *wire, char *bytes, size_t count);
static void lost(Wire *wire);

void http_open(int connections) {
    wireCount = connections * doors_count();
    lines = calloc((size_t)doors_count(), sizeof *lines);
    wires = calloc((size_t)wireCount, sizeof *wires);
    underway = calloc((size_t)wireCount, sizeof *underway);
    reopenAt = calloc((size_t)wireCount, sizeof *reopenAt);
    for (int door = 0; door < doors_count(); door++) lines[door].idle = calloc((size_t)connections, sizeof *lines->idle);
    for (int i = 0; i < wireCount; i++) {
        wires[i] = (Wire){.fd = -1, .index = i, .door = i / connections, .received = received, .lost = lost};
        wire_open(&wires[i]);
        Line *line = &lines[wires[i].door];
        line->idle[line->idleCount++] = i;
    }
}

int http_pending(void) {
    return pending;
}

static void send_next(Line *line) {
    while (line->first && line->idleCount) {
        int i = line->idle[--line->idleCount];
        underway[i] = line->first;
        if (!(line->first = line->first->next)) line->last = NULL;
        if (!reopenAt[i]) wire_send(&wires[i], underway[i]->bytes, underway[i]->count);
    }
}

void http_submit(int door, const char *bytes, size_t count, int tag) {
    Line *line = &lines[door];
    Request *request = malloc(sizeof *request + count);
    *request = (Request){.count = count, .tag = tag};
    memcpy(request->bytes, bytes, count);
    if (line->last) line->last->next = request;
    else line->first = request;
    line->last = request;
    pending++;
    send_next(line);
}

static void finish(Wire *wire, int status, const char *body, size_t count) {
    Line *line = &lines[wire->door];
    Request *request = underway[wire->index];
    underway[wire->index] = NULL;
    line->idle[line->idleCount++] = wire->index;
    pending--;
    int tag = request->tag;
    free(request);
    http_answered(tag, status, body, count);
    send_next(line);
}

static const char *header(const char *head, size_t count, const char *name) {
    size_t length = strlen(name);
    for (const char *p = head; (p = memchr(p, '\n', count - (size_t)(p - head)));) {
        p++;
        if ((size_t)(head + count - p) > length && !strncasecmp(p, name, length)) return p + length;
    }
    return NULL;
}

static size_t join_chunks(char *bytes, size_t count, size_t *body) {
    char *p = bytes, *end = bytes + count, *into = bytes;
    for (;;) {
        char *line = memmem(p, (size_t)(end - p), "\r\n", 2);
        if (!line) return 0;
        size_t length = strtoul(p, NULL, 16);
        if ((size_t)(end - line) < length + 4) return 0;
        memmove(into, line + 2, length);
        into += length;
        p = line + length + 4;
        if (!length) break;
    }
    *body = (size_t)(into - bytes);
    return (size_t)(p - bytes);
}

static int chunks_complete(const char *bytes, size_t count) {
    return memmem(bytes, count, "0\r\n\r\n", 5) != NULL;
}

static size_t received(Wire *wire, char *bytes, size_t count) {
    char *end = memmem(bytes, count, "\r\n\r\n", 4);
    if (!end || !underway[wire->index]) return 0;
    size_t head = (size_t)(end + 4 - bytes), body = 0, used = 0;
    const char *length = header(bytes, head, "content-length:");
    if (header(bytes, head, "transfer-encoding:")) {
        if (!chunks_complete(end, count - head + 4) || !(used = join_chunks(bytes + head, count - head, &body))) return 0;
    } else if (length) {
        used = body = strtoul(length, NULL, 10);
    }
    if (count < head + used) return 0;
    finish(wire, atoi(bytes + 9), bytes + head, body);
    return head + used;
}

static void reopen(Wire *wire) {
    reopenAt[wire->index] = 0;
    wire_open(wire);
    if (underway[wire->index]) wire_send(wire, underway[wire->index]->bytes, underway[wire->index]->count);
}

void http_tend(void) {
    for (int i = 0; i < wireCount; i++)
        if (reopenAt[i] && reopenAt[i] <= now()) reopen(&wires[i]);
}

/// A keep-alive connection may be closed at any time; every command here may be sent again (it carries a client id).
static void lost(Wire *wire) {
    static int times;
    if (++times > 100000) {
        fprintf(stderr, "load: the server keeps closing its HTTP connections\n");
        exit(1);
    }
    if (phases_tend) reopenAt[wire->index] = now() + 100 * MILLISECOND;
    else reopen(wire);
}

size_t http_post(char *into, size_t room, const char *path, const char *headers, const char *token, const char *body) {
    return (size_t)snprintf(into, room,
                            "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                            "Content-Length: %zu\r\n%s%s%s%s\r\n%s",
                            path, strlen(body), headers, token ? "Authorization: Bearer " : "", token ? token : "",
                            token ? "\r\n" : "", body);
}
