#pragma once

/// Rooms of two on a plain relay (nginx + nchan, or the bare floor): what one says by socket the other hears.
void rooms_run(void);
