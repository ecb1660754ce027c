#pragma once
#include <stddef.h>

/// A file that the binary carries.
struct CAsset {
  /// Its path in the repository of sailplan.
  const char *path;
  /// What is in it; a zero byte follows that does not belong to it.
  const unsigned char *bytes;
  size_t count;
};

/// How many files there are.
size_t CAssetsCount(void);

/// One of them, in the order of their paths; `index` must be below `CAssetsCount()`.
const struct CAsset *CAssetsFile(size_t index);
