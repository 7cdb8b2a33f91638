#include "doors.h"
#include <stdlib.h>

static int ports[64], visitorDoors, agentDoor, count;

void doors_open(const char *visitorPorts, int agentPort) {
    for (const char *at = visitorPorts; at && *at && count < 63;) {
        char *rest;
        ports[count++] = (int)strtol(at, &rest, 10);
        at = *rest == ',' ? rest + 1 : NULL;
    }
    visitorDoors = count;
    if (agentPort && (count != 1 || agentPort != ports[0])) ports[agentDoor = count++] = agentPort;
}

int doors_count(void) {
    return count;
}

int door_port(int door) {
    return ports[door];
}

int door_of_visitor(int visitor) {
    return visitor % visitorDoors;
}

int door_of_agents(void) {
    return agentDoor;
}
