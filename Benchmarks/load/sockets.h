#pragma once
#include "histogram.h"

/// The visitors' sockets and, after them, the agents': what they hear is counted in the lanes and here.
typedef struct {
    int opened, lost, resets;
    Histogram toAgent, toVisitor;
    /// From losing a socket until the server greets it again.
    Histogram away;
} Counts;

extern Counts sockets;

void sockets_prepare(void);
/// Opens all, listening from where the workspace's events stand now.
void sockets_open(void);
void sockets_close(void);
void sockets_signal_typing(int visitor, long long intended);
/// Whether lost sockets come back by themselves, each from the number it had reached.
void sockets_come_back(int yes);
int sockets_all_back(void);
