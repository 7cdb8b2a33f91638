#pragma once

/// The ports that the wires go to. Where the nodes of a cluster are separate, visitors come in by some and agents by another.
void doors_open(const char *visitorPorts, int agentPort);
int doors_count(void);
int door_port(int door);
int door_of_visitor(int visitor);
int door_of_agents(void);
