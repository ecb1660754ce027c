#define _DEFAULT_SOURCE
#include "CMemory.h"
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Where the linker puts the variables of the program.
extern char __data_start[], _end[];

void sailplan_arrange_memory(void) {
  // The runtime writes to most pages of its variables while it sets itself up. One at a time each costs an interrupt, and
  // with several threads one on every processor. Linux 5.14 has this call; before, it does nothing.
  const int populate_write = 23;
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = (uintptr_t)__data_start & ~(page - 1);
  madvise((void *)start, (uintptr_t)_end - start, populate_write);

  // By default the heap grows by 132 KiB, and everything of that size is mapped and unmapped by itself.
  mallopt(M_TOP_PAD, 1536 << 10);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
}
