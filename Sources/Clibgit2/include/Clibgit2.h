#pragma once

#include <git2.h>
#include <git2/sys/repository.h>

// Swift cannot call C functions with a variable number of arguments: one function for each option that is set.

/// Has whatever is written below a git directory flushed to the disk.
static inline int sailplan_git_enable_fsync(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
}

/// Keeps libgit2 from remembering objects: every object is read once.
static inline int sailplan_git_disable_cache(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}

/// Says which repository extensions are understood besides those that libgit2 knows.
static inline int sailplan_git_set_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/// Loads libgit2 and finds every function of it that is called. No other function may be called before.
///
/// Returns nothing where that went well, else why not, as a text that stays valid. To be called once.
const char *sailplan_git_load(void);
