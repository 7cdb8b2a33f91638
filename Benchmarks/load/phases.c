#include "phases.h"
#include "clock.h"
#include "lanes.h"
#include "process.h"
#include "wire.h"
#include <stdio.h>

static int64_t cpuBefore, databaseBefore;

void (*phases_tend)(void);

static void turn_until(int64_t until) {
    if (phases_tend) phases_tend();
    int64_t soon = now() + 5 * MILLISECOND;
    wires_turn(phases_tend && soon < until ? soon : until);
}

void phase_begin(void) {
    lanes_restart();
    cpuBefore = cpu_ns();
    databaseBefore = database_cpu_ns();
}

void phase_print(const char *name, double seconds, const char *more) {
    double cpu = (double)(cpu_ns() - cpuBefore) / 1000, database = (double)(database_cpu_ns() - databaseBefore) / 1000;
    printf("{\"phase\": \"%s\", \"seconds\": %.3f, \"sent\": %lld, \"delivered\": %lld, \"missing\": %lld, \"doubled\": %lld, "
           "\"perSecond\": %.0f, \"cpuPerDelivery\": %.2f, \"cpuShare\": %.4f, \"databaseCpuShare\": %.4f, \"delay\": ",
           name, seconds, (long long)tally.sent, (long long)tally.delivered, (long long)(tally.gaps + lanes_missing()),
           (long long)tally.doubles, (double)tally.sent / seconds, tally.delivered ? cpu / (double)tally.delivered : 0,
           cpu / 1e6 / seconds, database / 1e6 / seconds);
    histogram_print(&tally.delay, stdout);
    printf("%s}\n", more);
    fflush(stdout);
}

void settle(double seconds) {
    int64_t until = now() + (int64_t)(seconds * SECOND);
    while (now() < until) turn_until(until);
}

void drain(void) {
    int64_t until = now() + 15 * SECOND;
    while (lanes_missing() && now() < until) turn_until(now() + 10 * MILLISECOND);
    settle(0.1);  // a double comes last
}

void open_loop(int rate, int seconds, SendOne send_one) {
    int64_t start = now(), interval = SECOND / rate;
    long turns = (long)rate * seconds;
    for (long turn = 0; turn < turns;) {
        int64_t due = start + turn * interval;
        if (now() >= due) send_one(turn++, due);
        else turn_until(due);
    }
}
