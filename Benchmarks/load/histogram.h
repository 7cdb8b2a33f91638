#pragma once
#include <stdint.h>
#include <stdio.h>

/// Log-linear counts of durations in nanoseconds: every octave in 128 steps, so a percentile is right within 0.8 %.
typedef struct {
    uint64_t counts[64 * 128];
    uint64_t total;
    int64_t longest;
} Histogram;

void histogram_clear(Histogram *h);
void histogram_add(Histogram *h, int64_t nanoseconds);
/// The duration in microseconds that `share` (0–1) of all samples stay at or under.
double histogram_at(const Histogram *h, double share);
/// `"p50": …, "p90": …, "p99": …, "p999": …, "max": …` in microseconds, and the number of samples.
void histogram_print(const Histogram *h, FILE *out);
