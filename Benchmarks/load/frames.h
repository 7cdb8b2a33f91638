#pragma once
#include "wire.h"

/// A client's side of RFC 6455, as much as a load needs: whole frames, no fragments.
typedef void (*FrameText)(Wire *, const char *text, size_t count);

void frames_ask(Wire *wire, const char *path, const char *headers);
/// Use as `received`: the upgrade's answer first, then frames; texts go to `frames_text`, the upgrade to `frames_open`.
size_t frames_received(Wire *wire, char *bytes, size_t count);
void frames_send(Wire *wire, const char *text, size_t count);

/// Set where the server may be down or just starting: a refused upgrade is then a lost wire, not the end.
extern int frames_forgive;
extern FrameText frames_text;
extern void (*frames_open)(Wire *);
