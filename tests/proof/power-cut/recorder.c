/* Records every change to the files below one folder, in order, so that each legal state after a power cut can be
 * rebuilt and opened. Loaded with LD_PRELOAD into a program that sells; recorder.ts compiles it and reads the log.
 *
 *   RECORDER_FOLDER  absolute path: files in it are recorded; -shm files are not, SQLite rebuilds them
 *   RECORDER_LOG     where the records go
 *   RECORDER_ACK_FD  what the program writes to this descriptor is recorded as an acknowledgement
 *   RECORDER_SYNC_DELAY_US  optional: each sync takes this much longer, as on a slow disk
 *   RECORDER_FAILING_SYNCS  optional: "7 8" makes the 7th and the 8th recorded sync fail with EIO
 *
 * A record: u8 operation, u8 length of the name, u16 0, u32 length of the data, u64 offset (all little endian), the
 * name below the folder, the data. Operations: C create, W write at offset, T truncate to offset, S sync, U unlink,
 * R rename (the data is the new name), F sync that failed, A acknowledged. The name of the folder itself is empty.
 *
 * The calls go to the kernel by syscall(): the C library's own functions would call back into this file. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MOST_FILES = 4096, LONGEST_NAME = 256 };

static char name_of[MOST_FILES][LONGEST_NAME];
static char is_recorded[MOST_FILES];

/* The part of the path below the recorded folder, or null when the path is not recorded. */
static const char *recorded_name(const char *path) {
  const char *folder = getenv("RECORDER_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length) != 0) return NULL;
  const char *name = path + length;
  if (*name != '/' && *name != 0) return NULL;
  while (*name == '/') name++;
  size_t name_length = strlen(name);
  if (name_length >= LONGEST_NAME - 1) return NULL;
  if (name_length >= 4 && strcmp(name + name_length - 4, "-shm") == 0) return NULL;
  return name;
}

static void record(char operation, const char *name, uint64_t offset, const void *data, uint32_t length) {
  static int log_descriptor = -1;
  int saved_errno = errno;
  if (log_descriptor < 0) {
    const char *path = getenv("RECORDER_LOG");
    if (!path) return;
    log_descriptor = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  }
  struct {
    char operation;
    uint8_t name_length;
    uint16_t zero;
    uint32_t length;
    uint64_t offset;
  } head = {operation, (uint8_t)strlen(name), 0, length, offset};
  struct iovec parts[3] = {{&head, sizeof head}, {(void *)name, head.name_length}, {(void *)data, length}};
  /* One call for one record: records of two threads never mix. A record that does not fit would falsify the proof. */
  ssize_t expected = sizeof head + head.name_length + length;
  if (syscall(SYS_writev, log_descriptor, parts, 3) != expected) abort();
  errno = saved_errno;
}

static int recorded(int descriptor) {
  return descriptor >= 0 && descriptor < MOST_FILES && is_recorded[descriptor];
}

static void opened(int descriptor, const char *path, int flags, int existed) {
  if (descriptor < 0 || descriptor >= MOST_FILES) return;
  const char *name = recorded_name(path);
  is_recorded[descriptor] = name != NULL;
  if (!name) return;
  strcpy(name_of[descriptor], name);
  if (flags & O_DIRECTORY) return;
  if ((flags & O_CREAT) && !existed) record('C', name, 0, NULL, 0);
  else if (flags & O_TRUNC) record('T', name, 0, NULL, 0);
}

static int open_and_record(const char *path, int flags, int mode) {
  int existed = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  int descriptor = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  opened(descriptor, path, flags, existed);
  return descriptor;
}

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
    va_end(rest); \
    return open_and_record(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
  /* The number is given out again, perhaps to a pipe that nobody opens by a path. */
  if (recorded(descriptor)) is_recorded[descriptor] = 0;
  return syscall(SYS_close, descriptor);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
  ssize_t written = syscall(SYS_pwrite64, descriptor, data, length, offset);
  if (written > 0 && recorded(descriptor)) record('W', name_of[descriptor], offset, data, written);
  return written;
}
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
  return pwrite64(descriptor, data, length, offset);
}

ssize_t write(int descriptor, const void *data, size_t length) {
  ssize_t written = syscall(SYS_write, descriptor, data, length);
  if (written <= 0) return written;
  const char *acknowledgements = getenv("RECORDER_ACK_FD");
  if (acknowledgements && descriptor == atoi(acknowledgements)) record('A', "", 0, data, written);
  else if (recorded(descriptor)) {
    off_t end = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    record('W', name_of[descriptor], end - written, data, written);
  }
  return written;
}

int ftruncate64(int descriptor, off64_t size) {
  int result = syscall(SYS_ftruncate, descriptor, size);
  if (!result && recorded(descriptor)) record('T', name_of[descriptor], size, NULL, 0);
  return result;
}
int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

/* Whether the next recorded sync is one that was asked to fail. */
static int sync_fails(void) {
  static long count = 0;
  const char *rest = getenv("RECORDER_FAILING_SYNCS");
  count++;
  while (rest && *rest) {
    char *end;
    if (strtol(rest, &end, 10) == count) return 1;
    if (end == rest) return 0;
    rest = end;
  }
  return 0;
}

static int flush(long call, int descriptor) {
  if (recorded(descriptor) && sync_fails()) {
    record('F', name_of[descriptor], 0, NULL, 0);
    errno = EIO;
    return -1;
  }
  const char *delay = getenv("RECORDER_SYNC_DELAY_US");
  if (delay) usleep(atoi(delay));
  int result = syscall(call, descriptor);
  if (!result && recorded(descriptor)) record('S', name_of[descriptor], 0, NULL, 0);
  return result;
}
int fsync(int descriptor) { return flush(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return flush(SYS_fdatasync, descriptor); }

int unlink(const char *path) {
  int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  const char *name = recorded_name(path);
  if (!result && name) record('U', name, 0, NULL, 0);
  return result;
}

/* Node's rmSync goes this way; the C library's own remove would not pass through the function above. */
int remove(const char *path) {
  int result = unlink(path);
  return result != 0 && errno == EISDIR ? syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR) : result;
}

int rename(const char *from, const char *to) {
  int result = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  const char *old_name = recorded_name(from), *new_name = recorded_name(to);
  if (!result && old_name && new_name) record('R', old_name, 0, new_name, strlen(new_name));
  return result;
}
