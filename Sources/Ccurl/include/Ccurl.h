#pragma once

// The checks of argument types are macros for GCC that Swift does not see.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#pragma clang assume_nonnull begin

// Swift cannot call C functions with a variable number of arguments: one function for each type of an option's value.

/// Sets an option that takes a number.
static inline CURLcode sailplan_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes a size.
static inline CURLcode sailplan_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes a text, which libcurl copies; none takes it back.
static inline CURLcode sailplan_curl_set_text(CURL *handle, CURLoption option, const char *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes a pointer, which has to stay valid as long as the option is set.
static inline CURLcode sailplan_curl_set_pointer(CURL *handle, CURLoption option, void *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes bytes, which libcurl copies.
static inline CURLcode sailplan_curl_set_bytes(CURL *handle, CURLoption option, const void *bytes, size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

/// Who is handed bytes that arrived, or asked for bytes to send: how many of `count` were taken or given.
typedef size_t (*sailplan_curl_transfer)(char *bytes, size_t size, size_t count, void *_Nullable context);

/// Sets an option that takes such a function.
static inline CURLcode sailplan_curl_set_transfer(CURL *handle, CURLoption option, sailplan_curl_transfer function) {
  return curl_easy_setopt(handle, option, function);
}

/// Loads libcurl, and finds every function of it that is called. No other function may be called before.
///
/// Returns nothing where that went well, else why not, as a text that stays valid. To be called once.
const char *_Nullable sailplan_curl_load(void);

#pragma clang assume_nonnull end
