#pragma once
#include <stddef.h>

/// A few keep-alive connections to each door that take requests in turn, one in flight each; what finds none free waits in a line.
void http_open(int connections);
void http_submit(int door, const char *request, size_t count, int tag);
/// Requests waiting or on their way.
int http_pending(void);
/// Connections lost while the server is down are opened again here, a tenth of a second later.
void http_tend(void);
/// Writes a POST with a JSON body and a bearer token (NULL for none).
size_t http_post(char *into, size_t room, const char *path, const char *headers, const char *token, const char *body);

extern void (*http_answered)(int tag, int status, const char *body, size_t count);
