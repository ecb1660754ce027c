#pragma once

// Libraries that most commands do not need are loaded when they are first needed, not when the program starts.
//
// For each function that is called the target has a stub of the function's name, made by LATE_STUB: one jump through a
// pointer, which LATE_FIND fills in once the library is loaded. A list of functions is a macro that takes another one:
//
//   #define FUNCTIONS(each) each(deflate) each(inflate)
//   FUNCTIONS(LATE_STUB)
//   const char *load(void) {
//     void *library = dlopen(…);
//     if (!library) return dlerror();
//     FUNCTIONS(LATE_FIND)
//     return NULL;
//   }
//
// The linker says which stub is missing; add the function to its list.
#include <dlfcn.h>
#include <stddef.h>

#if defined(__x86_64__)
#define LATE_JUMP(name) "  jmp *sailplan_" #name "(%rip)\n"
#elif defined(__aarch64__)
#define LATE_JUMP(name) "  adrp x16, sailplan_" #name "\n  ldr x16, [x16, :lo12:sailplan_" #name "]\n  br x16\n"
#else
#error "no stubs for this processor yet"
#endif

#define LATE_STUB(name) \
  __attribute__((visibility("hidden"), used)) void *sailplan_##name; \
  __asm__(".pushsection .text\n.globl " #name "\n.hidden " #name "\n.type " #name ", %function\n" #name ":\n" \
          LATE_JUMP(name) ".size " #name ", . - " #name "\n.popsection\n");

#define LATE_FIND(name) \
  sailplan_##name = dlsym(library, #name); \
  if (!sailplan_##name) return dlerror();
