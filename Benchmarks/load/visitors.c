#include "visitors.h"
#include "clock.h"
#include "doors.h"
#include "http.h"
#include "json.h"
#include "options.h"
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char token[128], conversation[64];
} Visitor;

static Visitor *visitors;
static int *byConversation;
static long long seq;

static void give_up(const char *what, int status, const char *body, size_t count) {
    fprintf(stderr, "load: %s: %d %.*s\n", what, status, (int)count, body);
    exit(1);
}

const char *visitor_token(int visitor) {
    return visitors[visitor].token;
}

const char *agent_token(int agent) {
    static char *tokens[512];
    static int count;
    if (!count) {
        char *list = strdup(options.agentToken);
        for (char *token = strtok(list, ","); token && count < 512; token = strtok(NULL, ",")) tokens[count++] = token;
    }
    return tokens[agent % count];
}

const char *visitor_conversation(int visitor) {
    return visitors[visitor].conversation;
}

const char *visitors_site_header(void) {
    static char line[128];
    snprintf(line, sizeof line, "Moro-Site: %s\r\n", options.site);
    return line;
}

const char *visitors_run(void) {
    static char run[32];
    if (!*run) snprintf(run, sizeof run, "%llx-%x", (long long)now(), (unsigned)getpid());
    return run;
}

static void finish_requests(void) {
    while (http_pending()) wires_turn(now() + SECOND);
}

static void session_made(int visitor, int status, const char *body, size_t count) {
    if (status / 100 != 2 || !json_copy(body, count, "token", visitors[visitor].token, sizeof visitors->token))
        give_up("no visitor session", status, body, count);
}

static void conversation_made(int visitor, int status, const char *body, size_t count) {
    if (status / 100 != 2 || !json_copy(body, count, "conversation.id", visitors[visitor].conversation, sizeof visitors->conversation))
        give_up("no conversation", status, body, count);
}

static void make_sessions(void) {
    char body[256], request[1024];
    http_answered = session_made;
    snprintf(body, sizeof body, "{\"site\":\"%s\",\"language\":\"fi\",\"cookieless\":true}", options.site);
    for (int i = 0; i < options.connections; i++)
        http_submit(door_of_visitor(i), request, http_post(request, sizeof request, "/api/v1/sessions", visitors_site_header(), NULL, body), i);
    finish_requests();
}

static void make_conversations(void) {
    char body[256], request[1024];
    http_answered = conversation_made;
    for (int i = 0; i < options.connections; i++) {
        snprintf(body, sizeof body, "{\"clientId\":\"%s-first-%d\",\"text\":\"Hei\"}", visitors_run(), i);
        size_t count = http_post(request, sizeof request, "/api/v1/conversations", visitors_site_header(), visitor_token(i), body);
        http_submit(door_of_visitor(i), request, count, i);
    }
    finish_requests();
}

static int in_order_of_conversation(const void *a, const void *b) {
    return strcmp(visitors[*(const int *)a].conversation, visitors[*(const int *)b].conversation);
}

static void sort_by_conversation(void) {
    byConversation = malloc((size_t)options.connections * sizeof *byConversation);
    for (int i = 0; i < options.connections; i++) byConversation[i] = i;
    qsort(byConversation, (size_t)options.connections, sizeof *byConversation, in_order_of_conversation);
}

int visitor_of(const char *conversation) {
    for (int low = 0, high = options.connections - 1; low <= high;) {
        int middle = (low + high) / 2, order = strcmp(conversation, visitors[byConversation[middle]].conversation);
        if (!order) return byConversation[middle];
        if (order < 0) high = middle - 1;
        else low = middle + 1;
    }
    return -1;
}

static int read_earlier(void) {
    FILE *file = options.visitors ? fopen(options.visitors, "r") : NULL;
    if (!file) return 0;
    int count = 0;
    while (count < options.connections && fscanf(file, "%127s %63s", visitors[count].token, visitors[count].conversation) == 2) count++;
    fclose(file);
    return count == options.connections;
}

static void write_for_later(void) {
    FILE *file = options.visitors ? fopen(options.visitors, "w") : NULL;
    if (!file) return;
    for (int i = 0; i < options.connections; i++)
        fprintf(file, "%s %s\n", visitors[i].token, *visitors[i].conversation ? visitors[i].conversation : "-");
    fclose(file);
}

void visitors_ready(void) {
    visitors = calloc((size_t)options.connections, sizeof *visitors);
    if (!read_earlier()) {
        make_sessions();
        if (options.conversations) make_conversations();
        write_for_later();
    }
    sort_by_conversation();
}

static void told_seq(int tag, int status, const char *body, size_t count) {
    (void)tag;
    if (status != 200 || (seq = json_number(body, count, "seq")) < 0) give_up("no seq", status, body, count);
}

long long newest_seq(void) {
    char request[512];
    http_answered = told_seq;
    int count = snprintf(request, sizeof request, "GET /api/v1/me HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n", agent_token(0));
    http_submit(door_of_agents(), request, (size_t)count, 0);
    finish_requests();
    return seq;
}
