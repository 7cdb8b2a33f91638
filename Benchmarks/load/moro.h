#pragma once

/// Visitors and agents of a Moro server: sessions and commands by HTTP, news by socket.
void moro_run(void);
