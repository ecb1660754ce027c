// libcurl is loaded when it is first needed, not when the program starts: with its TLS, HTTP/2, Kerberos and LDAP it
// takes longer to load than an environment to render, and only what talks to a registry needs it. See LateLoading.h.
#include "Ccurl.h"
#include <LateLoading.h>

#define FUNCTIONS(each) \
  each(curl_easy_cleanup) \
  each(curl_easy_init) \
  each(curl_easy_perform) \
  each(curl_easy_reset) \
  each(curl_easy_setopt) \
  each(curl_easy_strerror) \
  each(curl_global_init) \
  each(curl_slist_append) \
  each(curl_slist_free_all)

FUNCTIONS(LATE_STUB)

const char *sailplan_curl_load(void) {
  // Both have the same functions: one brings OpenSSL along, the other GnuTLS.
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
  FUNCTIONS(LATE_FIND)
  return NULL;
}
