// zlib is loaded when it is first needed: few commands compress anything. See LateLoading.h.
#include "Czlib.h"
#include <LateLoading.h>
#include <pthread.h>

#define FUNCTIONS(each) \
  each(deflate) \
  each(deflateBound) \
  each(deflateEnd) \
  each(deflateInit2_) \
  each(deflateReset) \
  each(inflate) \
  each(inflateEnd) \
  each(inflateInit2_) \
  each(inflateReset)

FUNCTIONS(LATE_STUB)

static const char *load(void) {
  void *library = dlopen("libz.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
  FUNCTIONS(LATE_FIND)
  return NULL;
}

static const char *failure;
static void load_once(void) { failure = load(); }

const char *sailplan_zlib_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_once);
  return failure;
}
