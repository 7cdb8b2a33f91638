#include "histogram.h"
#include <string.h>

enum { steps = 128, stepBits = 7 };

void histogram_clear(Histogram *h) {
    memset(h, 0, sizeof *h);
}

static int slot(uint64_t value) {
    if (value < steps) return (int)value;
    int octave = 63 - __builtin_clzll(value) - stepBits;
    return (octave + 1) * steps + (int)((value >> octave) - steps);
}

static uint64_t slot_top(int slot) {
    if (slot < steps) return (uint64_t)slot;
    int octave = slot / steps - 1;
    return ((uint64_t)(slot % steps + steps + 1) << octave) - 1;
}

void histogram_add(Histogram *h, int64_t nanoseconds) {
    if (nanoseconds < 0) nanoseconds = 0;
    h->counts[slot((uint64_t)nanoseconds)]++;
    h->total++;
    if (nanoseconds > h->longest) h->longest = nanoseconds;
}

double histogram_at(const Histogram *h, double share) {
    uint64_t wanted = (uint64_t)(share * (double)h->total + 0.5), passed = 0;
    for (int i = 0; i < 64 * steps; i++) {
        passed += h->counts[i];
        if (passed >= wanted && passed > 0) return (double)slot_top(i) / 1000;
    }
    return 0;
}

void histogram_print(const Histogram *h, FILE *out) {
    fprintf(out, "{\"count\": %llu, \"p50\": %.1f, \"p90\": %.1f, \"p99\": %.1f, \"p999\": %.1f, \"max\": %.1f}",
            (unsigned long long)h->total, histogram_at(h, 0.5), histogram_at(h, 0.9), histogram_at(h, 0.99),
            histogram_at(h, 0.999), (double)h->longest / 1000);
}
