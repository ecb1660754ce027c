#pragma once

#include <zlib.h>

// Swift does not see the macros by which zlib begins a stream.

/// Begins deflating into the format that zlib is named after, with a window of 2^window_bits bytes and as much memory
/// for its tables as memory_level (1 to 9) says.
static inline int sailplan_deflate_begin(z_stream *stream, int level, int window_bits, int memory_level) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

/// Begins inflating gzip's format.
static inline int sailplan_gunzip_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// Loads zlib and finds every function of it that is called. No other function may be called before.
///
/// Returns nothing where that went well, else why not, as a text that stays valid. Any thread may call it, any number of
/// times.
const char *sailplan_zlib_load(void);
