// The floor under every figure: a bare epoll relay in rooms of two, with nothing of a product in it. `floor PORT`
// `floor PORT lose` and `floor PORT double` break every hundredth message, to show that the client would notice.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { most = 20000 };

typedef struct {
    int room, keptCount;
    char *kept;
} Member;

static Member members[most];
static int rooms[most][2], poll_fd;
static char bytes[1 << 20], breaks;

static void leave(int fd) {
    Member *member = &members[fd];
    if (member->room >= 0)
        for (int i = 0; i < 2; i++)
            if (rooms[member->room][i] == fd) rooms[member->room][i] = 0;
    free(member->kept);
    *member = (Member){.room = -1};
    close(fd);
}

/// The load client always offers the key of RFC 6455's example, so its answer is known.
static void enter(int fd, const char *request) {
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    int room = atoi(request + strlen("GET /room/"));
    if (room < 0 || room >= most) return leave(fd);
    members[fd].room = room;
    rooms[room][rooms[room][0] != 0] = fd;
    if (send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL) < 0) leave(fd);
}

static int copies_of_next(void) {
    static int turn;
    return breaks && ++turn % 100 == 0 ? (breaks == 'l' ? 0 : 2) : 1;
}

static void tell(int room, char *payload, size_t count) {
    char frame[70000];
    size_t head = count < 126 ? 2 : 4;
    frame[0] = (char)0x81;
    frame[1] = (char)(count < 126 ? count : 126);
    if (head == 4) frame[2] = (char)(count >> 8), frame[3] = (char)count;
    memcpy(frame + head, payload, count);
    for (int copies = copies_of_next(); copies > 0; copies--)
        for (int i = 0; i < 2; i++)
            if (rooms[room][i] && send(rooms[room][i], frame, head + count, MSG_NOSIGNAL) < 0) continue;
}

static size_t relay_frame(int fd, char *p, size_t have) {
    if (have < 6) return 0;
    size_t count = (unsigned char)p[1] & 127, head = 2;
    if (count == 126) count = (size_t)(unsigned char)p[2] << 8 | (unsigned char)p[3], head = 4;
    if (have < head + 4 + count) return 0;
    char *mask = p + head, *payload = mask + 4;
    for (size_t i = 0; i < count; i++) payload[i] ^= mask[i & 3];
    if ((p[0] & 15) == 1) tell(members[fd].room, payload, count);
    return head + 4 + count;
}

static void keep(Member *member, const char *rest, size_t count) {
    member->kept = realloc(member->kept, count);
    memcpy(member->kept, rest, count);
    member->keptCount = (int)count;
}

static void hear(int fd) {
    Member *member = &members[fd];
    size_t have = (size_t)member->keptCount, used = 0, frame;
    if (have) memcpy(bytes, member->kept, have);
    ssize_t count = recv(fd, bytes + have, sizeof bytes - have - 1, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) return leave(fd);
    have += (size_t)count;
    bytes[have] = 0;
    free(member->kept);
    member->kept = NULL, member->keptCount = 0;
    if (member->room < 0) {
        if (memmem(bytes, have, "\r\n\r\n", 4)) return enter(fd, bytes);
    } else {
        while (used < have && (frame = relay_frame(fd, bytes + used, have - used))) used += frame;
    }
    if (used < have) keep(member, bytes + used, have - used);
}

static void welcome(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        if (fd >= most) {
            close(fd);
            continue;
        }
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        members[fd] = (Member){.room = -1};
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static int listen_on(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
        perror("floor");
        exit(1);
    }
    return fd;
}

int main(int count, char **words) {
    if (count < 2) return 64;
    if (count > 2) breaks = words[2][0];
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int listener = listen_on(atoi(words[1]));
    poll_fd = epoll_create1(0);
    struct epoll_event events[256], event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poll_fd, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) welcome(listener);
            else hear(events[i].data.fd);
        }
    }
}
