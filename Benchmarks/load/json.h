#pragma once
#include <stddef.h>

/// The value at a dotted path of object keys, as raw text (a string without its quotes, still escaped); NULL when absent.
const char *json_at(const char *text, size_t length, const char *path, size_t *found);
/// Copies the value at `path` into `into`; false when absent or too long.
int json_copy(const char *text, size_t length, const char *path, char *into, size_t room);
/// The whole number at `path`, or -1.
long long json_number(const char *text, size_t length, const char *path);
