/* A power cut on a real file system: shuts a mounted ext4 or xfs down without writing out its journal. Needs root.
 * Usage: poweroff MOUNTPOINT */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

#define FS_IOC_SHUTDOWN _IOR('X', 125, uint32_t)
enum { WITHOUT_FLUSHING_THE_LOG = 2 };

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: poweroff MOUNTPOINT\n");
    return 2;
  }
  int folder = open(arguments[1], O_RDONLY | O_DIRECTORY);
  if (folder < 0) {
    perror(arguments[1]);
    return 1;
  }
  uint32_t how = WITHOUT_FLUSHING_THE_LOG;
  if (ioctl(folder, FS_IOC_SHUTDOWN, &how) != 0) {
    perror("shutdown");
    return 1;
  }
  return 0;
}
