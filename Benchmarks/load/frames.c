#include "frames.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int frames_forgive;
FrameText frames_text;
void (*frames_open)(Wire *);

enum { text = 1, closing = 8, ping = 9, pong = 10 };

void frames_ask(Wire *wire, const char *path, const char *headers) {
    char request[2048];
    int count = snprintf(request, sizeof request,
                         "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                         path, headers);
    wire_send(wire, request, (size_t)count);
}

static size_t upgrade_answer(Wire *wire, char *bytes, size_t count) {
    char *end = memmem(bytes, count, "\r\n\r\n", 4);
    if (!end) return 0;
    if (count < 12 || memcmp(bytes + 9, "101", 3)) {
        if (frames_forgive) {
            wire_close(wire);
            wire->lost(wire);
            return count;
        }
        fprintf(stderr, "load: the upgrade was refused: %.*s\n", (int)(count < 600 ? count : 600), bytes);
        exit(1);
    }
    wire->upgraded = 1;
    frames_open(wire);
    return (size_t)(end + 4 - bytes);
}

static void send_frame(Wire *wire, int opcode, const char *payload, size_t count) {
    static const unsigned char mask[4] = {0x1d, 0x5a, 0x93, 0x71};
    char frame[4096];
    size_t head = 0;
    frame[head++] = (char)(0x80 | opcode);
    if (count < 126) {
        frame[head++] = (char)(0x80 | count);
    } else {
        frame[head++] = (char)(0x80 | 126);
        frame[head++] = (char)(count >> 8);
        frame[head++] = (char)count;
    }
    memcpy(frame + head, mask, 4);
    head += 4;
    for (size_t i = 0; i < count && head + i < sizeof frame; i++) frame[head + i] = (char)(payload[i] ^ mask[i & 3]);
    wire_send(wire, frame, head + count);
}

void frames_send(Wire *wire, const char *payload, size_t count) {
    if (count < 4000) send_frame(wire, text, payload, count);
}

static void handle_frame(Wire *wire, int opcode, char *payload, size_t count) {
    if (opcode == text) frames_text(wire, payload, count);
    if (opcode == ping) send_frame(wire, pong, payload, count);
    if (opcode == closing) {
        fprintf(stderr, "load: the server closed a socket: %d %.*s\n",
                count > 1 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : 0,
                (int)(count > 2 ? count - 2 : 0), payload + 2);
        wire_close(wire);
        wire->lost(wire);
    }
}

static size_t one_frame(Wire *wire, char *bytes, size_t count) {
    if (count < 2) return 0;
    size_t length = (unsigned char)bytes[1] & 127, head = 2;
    if (length == 126) {
        if (count < 4) return 0;
        length = (size_t)(unsigned char)bytes[2] << 8 | (unsigned char)bytes[3], head = 4;
    } else if (length == 127) {
        if (count < 10) return 0;
        for (length = 0, head = 2; head < 10; head++) length = length << 8 | (unsigned char)bytes[head];
    }
    if (count < head + length) return 0;
    handle_frame(wire, bytes[0] & 15, bytes + head, length);
    return head + length;
}

size_t frames_received(Wire *wire, char *bytes, size_t count) {
    size_t used = wire->upgraded ? 0 : upgrade_answer(wire, bytes, count);
    while (wire->upgraded) {
        size_t frame = one_frame(wire, bytes + used, count - used);
        if (!frame) break;
        used += frame;
    }
    return used;
}
