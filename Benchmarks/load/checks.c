// The client's own arithmetic: percentiles, JSON paths, and the numbering of lanes.
#include "histogram.h"
#include "json.h"
#include "lanes.h"
#include <stdio.h>
#include <string.h>

static int passed, failed;

static void expect(int holds, const char *what) {
    holds ? passed++ : failed++;
    if (!holds) printf("failed: %s\n", what);
}

static int near(double value, double wanted) {
    return value >= wanted * 0.99 && value <= wanted * 1.01;
}

static void check_percentiles(void) {
    static Histogram h;
    for (int i = 1; i <= 1000; i++) histogram_add(&h, i * 1000LL);
    expect(near(histogram_at(&h, 0.5), 500), "the median of 1 to 1000 µs");
    expect(near(histogram_at(&h, 0.99), 990), "p99 of 1 to 1000 µs");
    expect(near(histogram_at(&h, 1), 1000), "the longest of 1 to 1000 µs");
    histogram_add(&h, 5000000000LL);
    expect(near(histogram_at(&h, 1), 5000000), "one stall of five seconds shows");
}

static void check_json(void) {
    const char *text = "{\"b\":{\"id\":\"no\",\"c\":[1,{\"id\":2}]}, \"s\":\"a\\\"}b\",\"a\":{\"d\":true,\"id\":\"yes\"},\"seq\":42}";
    char found[16];
    expect(json_copy(text, strlen(text), "a.id", found, sizeof found) && !strcmp(found, "yes"), "a path past a nested object and an escaped quote");
    expect(json_number(text, strlen(text), "seq") == 42, "a number at the end");
    expect(json_number(text, strlen(text), "b.seq") == -1, "a number that is not there");
    expect(!json_copy("{\"a\":", 5, "a.id", found, sizeof found), "a text cut short");
}

static void receive(const char *text, int receiver) {
    int64_t delay;
    uint32_t number;
    int lane = lanes_find(text, strlen(text), &delay, &number);
    if (lane >= 0) lanes_received(lane, receiver, number);
}

static void check_lanes(void) {
    char texts[3][64];
    lanes_prepare(2, 2, 10);
    for (int i = 0; i < 3; i++) texts[i][lanes_compose(1, 0, texts[i], 60)] = 0;
    receive(texts[0], 0), receive(texts[1], 0), receive(texts[2], 0);
    expect(tally.gaps == 0 && tally.doubles == 0 && tally.delivered == 3, "three in turn");
    receive(texts[2], 0);
    expect(tally.doubles == 1, "the third once more");
    receive(texts[0], 1), receive(texts[2], 1);
    expect(tally.gaps == 1, "the second never came to the other");
    receive("nothing of ours", 1);
    expect(tally.delivered == 6, "a text without a marker does not count");
}

int main(void) {
    check_percentiles();
    check_json();
    check_lanes();
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
