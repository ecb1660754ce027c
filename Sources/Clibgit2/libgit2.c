// libgit2 is loaded when it is first needed, not when the program starts: it brings some twenty other libraries along
// (TLS, SSH, Kerberos), which takes longer than rendering an environment, and most commands need none of it.
// See LateLoading.h.
#include "Clibgit2.h"
#include <LateLoading.h>

#define FUNCTIONS(each) \
  each(git_buf_dispose) \
  each(git_commit_tree_id) \
  each(git_config_add_file_ondisk) \
  each(git_config_free) \
  each(git_config_get_string) \
  each(git_config_get_string_buf) \
  each(git_config_new) \
  each(git_config_parse_bool) \
  each(git_error_last) \
  each(git_index_add) \
  each(git_index_entrycount) \
  each(git_index_find_prefix) \
  each(git_index_free) \
  each(git_index_get_byindex) \
  each(git_index_get_bypath) \
  each(git_index_has_conflicts) \
  each(git_index_open) \
  each(git_index_remove) \
  each(git_index_write) \
  each(git_indexer_append) \
  each(git_indexer_commit) \
  each(git_indexer_free) \
  each(git_indexer_new) \
  each(git_libgit2_init) \
  each(git_libgit2_opts) \
  each(git_object_free) \
  each(git_object_id) \
  each(git_object_peel) \
  each(git_odb_exists_ext) \
  each(git_odb_free) \
  each(git_odb_object_data) \
  each(git_odb_object_free) \
  each(git_odb_object_size) \
  each(git_odb_object_type) \
  each(git_odb_read) \
  each(git_odb_read_header) \
  each(git_odb_refresh) \
  each(git_odb_write) \
  each(git_reference_free) \
  each(git_reference_iterator_free) \
  each(git_reference_iterator_glob_new) \
  each(git_reference_lookup) \
  each(git_reference_name) \
  each(git_reference_name_is_valid) \
  each(git_reference_name_to_id) \
  each(git_reference_next_name) \
  each(git_reference_symbolic_target) \
  each(git_reference_target) \
  each(git_repository_commondir) \
  each(git_repository_config_snapshot) \
  each(git_repository_discover) \
  each(git_repository_free) \
  each(git_repository_head) \
  each(git_repository_head_detached) \
  each(git_repository_is_shallow) \
  each(git_repository_is_worktree) \
  each(git_repository_odb) \
  each(git_repository_open_ext) \
  each(git_repository_path) \
  each(git_repository_state) \
  each(git_repository_workdir) \
  each(git_revparse_single)

FUNCTIONS(LATE_STUB)

const char *sailplan_git_load(void) {
  // The version of the headers: another one may lay out its structures otherwise.
  void *library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
  FUNCTIONS(LATE_FIND)
  return NULL;
}

// libgit2 with mbedTLS reads all of the system's certificates whenever it is set up: another 5 ms. Nothing here talks to
// a server. This function stands in front of mbedTLS' own, and leaves the list of trusted certificates empty, so that
// nothing could be reached either. A libgit2 with another TLS library never calls it.
__attribute__((visibility("default"), used)) int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return 0;
}
