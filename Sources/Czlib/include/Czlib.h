#pragma once

#include <zlib.h>

// Swift does not see the macros by which zlib begins a stream.

/// Begins deflating into the format that zlib is named after.
static inline int sailplan_deflate_begin(z_stream *stream, int level) { return deflateInit(stream, level); }

/// Begins inflating gzip's format.
static inline int sailplan_gunzip_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// Loads zlib and finds every function of it that is called. No other function may be called before.
///
/// Returns nothing where that went well, else why not, as a text that stays valid. Any thread may call it, any number of
/// times.
const char *sailplan_zlib_load(void);
