"""Starts the commands to be measured, so that the figures are the commands' own.

The kernel counts into a command's peak memory what its parent had when it started it; so the parent is this small
process (`python3 -I -S`, no imports beyond the interpreter's own) and not the benchmark. Reads one request a line,
fields parted by NUL: directory, file for standard output, file for standard error, command, arguments. Answers each
with one line: wall seconds, processor seconds (user and system), peak memory in KiB, exit status.
"""

import posix
import sys
import time

WRITE = posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC

for line in sys.stdin:
    directory, output, errors, *command = line.rstrip("\n").split("\0")
    posix.chdir(directory)
    files = [
        (posix.POSIX_SPAWN_OPEN, 0, "/dev/null", posix.O_RDONLY, 0),
        (posix.POSIX_SPAWN_OPEN, 1, output, WRITE, 0o600),
        (posix.POSIX_SPAWN_OPEN, 2, errors, WRITE, 0o600),
    ]
    start = time.perf_counter()
    process = posix.posix_spawn(command[0], command, posix.environ, file_actions=files)
    _, status, usage = posix.wait4(process, 0)
    wall = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    print(wall, cpu, usage.ru_maxrss, posix.waitstatus_to_exitcode(status), flush=True)
