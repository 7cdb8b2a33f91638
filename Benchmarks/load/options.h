#pragma once

/// What the command line asked for.
typedef struct {
    const char *kind, *host, *phases, *site, *agentToken, *visitors, *pids, *ports;
    int agentPort, databasePid, connections, agents, rate, seconds, size, httpConnections, conversations;
} Options;

extern Options options;

int asked_for(const char *phase);
