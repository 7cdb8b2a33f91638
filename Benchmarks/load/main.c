#include "doors.h"
#include "moro.h"
#include "options.h"
#include "process.h"
#include "rooms.h"
#include "wire.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

Options options = {
    .host = "127.0.0.1", .phases = "idle", .connections = 1000, .agents = 1, .rate = 1000, .seconds = 5, .size = 136, .httpConnections = 32, .conversations = 1,
};

int asked_for(const char *phase) {
    return strstr(options.phases, phase) != NULL;
}

static void usage(void) {
    fprintf(stderr,
            "load --kind rooms|moro --port PORT[,PORT…] [--phases LIST] [--connections N] [--rate PER-SECOND] [--seconds S] [--size BYTES] [--pid A,B] [--database-pid C]\n"
            "  rooms (nginx + nchan, or the floor): phases idle, relay, saturate, cycles\n"
            "  moro: --site KEY --agent-token TOKEN[,TOKEN…] [--agents N] [--agent-port PORT] [--http N] [--visitors FILE] [--conversations 1]\n"
            "        phases idle, hold, typing, durable, requests, saturate, restart, cycles\n"
            "        several ports: visitors come in by each in turn, agents by their own; --http connections to each\n"
            "Prints one JSON object a phase. Times are in microseconds, from when a message was meant to leave.\n");
    exit(64);
}

static void read_options(int count, char **words) {
    static const struct option names[] = {
        {"kind", 1, 0, 'k'},   {"host", 1, 0, 'h'},     {"port", 1, 0, 'p'}, {"phases", 1, 0, 'P'}, {"connections", 1, 0, 'c'},
        {"agents", 1, 0, 'a'}, {"rate", 1, 0, 'r'},     {"size", 1, 0, 'z'}, {"seconds", 1, 0, 's'}, {"site", 1, 0, 'S'},
        {"pid", 1, 0, 'i'},    {"visitors", 1, 0, 'v'}, {"http", 1, 0, 'H'}, {"agent-token", 1, 0, 't'}, {"conversations", 1, 0, 'C'},
        {"agent-port", 1, 0, 'A'},
        {"database-pid", 1, 0, 'D'}, {0, 0, 0, 0},
    };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) switch (name) {
        case 'k': options.kind = optarg; break;
        case 'h': options.host = optarg; break;
        case 'p': options.ports = optarg; break;
        case 'A': options.agentPort = atoi(optarg); break;
        case 'P': options.phases = optarg; break;
        case 'c': options.connections = atoi(optarg); break;
        case 'a': options.agents = atoi(optarg); break;
        case 'r': options.rate = atoi(optarg); break;
        case 's': options.seconds = atoi(optarg); break;
        case 'z': options.size = atoi(optarg); break;
        case 'S': options.site = optarg; break;
        case 't': options.agentToken = optarg; break;
        case 'v': options.visitors = optarg; break;
        case 'H': options.httpConnections = atoi(optarg); break;
        case 'C': options.conversations = atoi(optarg); break;
        case 'i': options.pids = optarg; break;
        case 'D': options.databasePid = atoi(optarg); break;
        default: usage();
    }
    if (!options.kind || !options.ports || options.rate < 1 || options.connections < 2 || options.size < 32 || options.size > 2000) usage();
}

static void allow_descriptors(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int count, char **words) {
    read_options(count, words);
    allow_descriptors();
    processes_named(options.pids, options.databasePid);
    doors_open(options.ports, options.agentPort);
    wires_go_to(options.host);
    if (!strcmp(options.kind, "rooms")) rooms_run();
    else if (!strcmp(options.kind, "moro")) moro_run();
    else usage();
}
