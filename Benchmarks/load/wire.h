#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Wire Wire;

/// One TCP connection. Idle ones hold no buffer, so that ten thousand of them cost the client nothing.
struct Wire {
    int fd;
    int index;
    /// By which of the doors it goes in.
    int door;
    /// Called with all bytes not yet consumed; returns how many it has consumed.
    size_t (*received)(Wire *, char *bytes, size_t count);
    void (*lost)(Wire *);
    char *kept, *unsent;
    size_t keptCount, unsentCount;
    int upgraded;
};

/// The machine that every wire goes to; set once.
void wires_go_to(const char *host);
/// Opens a wire from 127.0.0.2–9 in turn, so that ports don't run out; exits when the machine refuses.
void wire_open(Wire *wire);
void wire_send(Wire *wire, const char *bytes, size_t count);
void wire_close(Wire *wire);
/// Handles what arrives until `until` (monotonic nanoseconds) at most; returns after each batch.
void wires_turn(int64_t until);
