#include "json.h"
#include <stdlib.h>
#include <string.h>

static const char *skip_string(const char *p, const char *end) {
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\') p++;
    return p < end ? p + 1 : end;
}

static const char *skip_value(const char *p, const char *end) {
    int depth = 0;
    while (p < end) {
        if (*p == '"') {
            p = skip_string(p, end);
            if (!depth) return p;
            continue;
        }
        if (*p == '{' || *p == '[') depth++;
        if (*p == '}' || *p == ']') {
            if (!depth) return p;
            if (!--depth) return p + 1;
        }
        if (!depth && (*p == ',' || *p == ' ' || *p == '\n')) return p;
        p++;
    }
    return end;
}

static const char *skip_space(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t' || *p == ',' || *p == ':')) p++;
    return p;
}

static const char *member(const char *p, const char *end, const char *key, size_t keyLength) {
    if (p >= end || *p != '{') return NULL;
    for (p = skip_space(p + 1, end); p < end && *p == '"'; p = skip_space(p, end)) {
        const char *name = p + 1;
        p = skip_string(p, end);
        int same = (size_t)(p - 1 - name) == keyLength && !memcmp(name, key, keyLength);
        p = skip_space(p, end);
        if (same) return p;
        p = skip_value(p, end);
    }
    return NULL;
}

const char *json_at(const char *text, size_t length, const char *path, size_t *found) {
    const char *end = text + length, *p = skip_space(text, end);
    while (*path) {
        size_t key = strcspn(path, ".");
        if (!(p = member(p, end, path, key))) return NULL;
        path += key + (path[key] == '.');
    }
    const char *stop = skip_value(p, end);
    if (*p == '"') p++, stop--;
    *found = (size_t)(stop - p);
    return p;
}

int json_copy(const char *text, size_t length, const char *path, char *into, size_t room) {
    size_t found;
    const char *value = json_at(text, length, path, &found);
    if (!value || found >= room) return 0;
    memcpy(into, value, found);
    into[found] = 0;
    return 1;
}

long long json_number(const char *text, size_t length, const char *path) {
    char digits[24];
    return json_copy(text, length, path, digits, sizeof digits) && *digits ? atoll(digits) : -1;
}
