#include "wire.h"
#include "clock.h"
#include "doors.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in target;
static int poll_fd = -1;
static char arrived[1 << 20];

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

void wires_go_to(const char *host) {
    target.sin_family = AF_INET;
    inet_pton(AF_INET, host, &target.sin_addr);
    poll_fd = epoll_create1(0);
}

static void bind_source(int fd) {
    static unsigned turn;
    struct sockaddr_in source = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(0x7f000002u + turn++ % 8);
    int on = 1;
    setsockopt(fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&source, sizeof source)) fail("bind");
}

static void watch(Wire *wire, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = wire};
    if (epoll_ctl(poll_fd, operation, wire->fd, &event)) fail("epoll_ctl");
}

void wire_open(Wire *wire) {
    if ((wire->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) < 0) fail("socket (is `ulimit -n` high enough?)");
    bind_source(wire->fd);
    int on = 1;
    setsockopt(wire->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    target.sin_port = htons((uint16_t)door_port(wire->door));
    if (connect(wire->fd, (struct sockaddr *)&target, sizeof target) && errno != EINPROGRESS) fail("connect");
    watch(wire, EPOLL_CTL_ADD, EPOLLIN);
}

static void forget(char **bytes, size_t *count) {
    free(*bytes);
    *bytes = NULL;
    *count = 0;
}

void wire_close(Wire *wire) {
    if (wire->fd < 0) return;
    close(wire->fd);
    wire->fd = -1;
    wire->upgraded = 0;
    forget(&wire->kept, &wire->keptCount);
    forget(&wire->unsent, &wire->unsentCount);
}

static void keep(char **bytes, size_t *count, const char *more, size_t moreCount) {
    *bytes = realloc(*bytes, *count + moreCount);
    memcpy(*bytes + *count, more, moreCount);
    *count += moreCount;
}

void wire_send(Wire *wire, const char *bytes, size_t count) {
    if (wire->fd < 0) return;
    ssize_t sent = wire->unsentCount ? 0 : send(wire->fd, bytes, count, MSG_NOSIGNAL);
    if (sent < 0) sent = 0;
    if ((size_t)sent == count) return;
    if (!wire->unsentCount) watch(wire, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    keep(&wire->unsent, &wire->unsentCount, bytes + sent, count - (size_t)sent);
}

static void flush_unsent(Wire *wire) {
    ssize_t sent = send(wire->fd, wire->unsent, wire->unsentCount, MSG_NOSIGNAL);
    if (sent <= 0) return;
    wire->unsentCount -= (size_t)sent;
    memmove(wire->unsent, wire->unsent + sent, wire->unsentCount);
    if (wire->unsentCount) return;
    forget(&wire->unsent, &wire->unsentCount);
    watch(wire, EPOLL_CTL_MOD, EPOLLIN);
}

static void lose(Wire *wire) {
    wire_close(wire);
    wire->lost(wire);
}

static void take_bytes(Wire *wire) {
    size_t have = wire->keptCount;
    if (have >= sizeof arrived) return lose(wire);
    if (have) memcpy(arrived, wire->kept, have);
    ssize_t count = recv(wire->fd, arrived + have, sizeof arrived - have, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) return lose(wire);
    have += (size_t)count;
    forget(&wire->kept, &wire->keptCount);
    size_t used = wire->received(wire, arrived, have);
    if (wire->fd >= 0 && used < have) keep(&wire->kept, &wire->keptCount, arrived + used, have - used);
}

void wires_turn(int64_t until) {
    struct epoll_event events[256];
    int64_t wait = until - now();
    if (wait < 0) wait = 0;
    struct timespec limit = {wait / SECOND, wait % SECOND};
    int count = epoll_pwait2(poll_fd, events, 256, &limit, NULL);
    for (int i = 0; i < count; i++) {
        Wire *wire = events[i].data.ptr;
        if (wire->fd >= 0 && (events[i].events & EPOLLOUT) && wire->unsentCount) flush_unsent(wire);
        if (wire->fd >= 0 && (events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP))) take_bytes(wire);
    }
}
