/* SPDX-License-Identifier: MIT
 *
 * Preloaded into a program, writes to the file named by ENTENTE_RECORD what the program does to ordinary
 * files: each write with its bytes, and each sync. A test replays it as a power cut would leave it.
 * Entries: kind u8 ('w' write, 'd' write that is durable at once, 's' sync, 'l' link), file u64 (inode),
 * offset u64, size u64, then `size` bytes. Only the files under ENTENTE_RECORD_UNDER count ("-lock" files
 * do not), and files without a name, which get one later.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -2;

typedef ssize_t write_f(int, const void *, size_t);

static void put(const void *data, size_t size) {
    static write_f *real;
    if (!real) real = (write_f *)dlsym(RTLD_NEXT, "write");
    const char *p = data;
    while (size > 0) {
        ssize_t n = real(log_fd, p, size);
        if (n <= 0) _exit(99);
        p += n;
        size -= (size_t)n;
    }
}

static int interesting(int fd, uint64_t *inode) {
    struct stat st;
    char name[64], path[4096];
    const char *under = getenv("ENTENTE_RECORD_UNDER");
    if (log_fd == -2) {
        const char *log = getenv("ENTENTE_RECORD");
        log_fd = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    }
    if (log_fd < 0 || fd == log_fd || !under || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    if (strncmp(path, under, strlen(under)) != 0) return 0;
    if (n > 5 && strcmp(path + n - 5, "-lock") == 0) return 0;
    *inode = st.st_ino;
    return 1;
}

static void note(char kind, uint64_t inode, uint64_t offset, const struct iovec *iov, int count,
                 uint64_t size) {
    uint64_t left = size;
    pthread_mutex_lock(&lock);
    put(&kind, 1);
    put(&inode, 8);
    put(&offset, 8);
    put(&size, 8);
    for (int i = 0; i < count && left > 0; ++i) {
        size_t part = iov[i].iov_len < left ? iov[i].iov_len : left;
        put(iov[i].iov_base, part);
        left -= part;
    }
    pthread_mutex_unlock(&lock);
}

static void note_write(int fd, const struct iovec *iov, int count, off_t offset, ssize_t done) {
    uint64_t inode;
    if (done <= 0 || !interesting(fd, &inode)) return;
    int durable = (fcntl(fd, F_GETFL) & O_DSYNC) != 0;
    note(durable ? 'd' : 'w', inode, (uint64_t)offset, iov, count, (uint64_t)done);
}

static void note_sync(int fd, int result) {
    uint64_t inode;
    if (result == 0 && interesting(fd, &inode)) note('s', inode, 0, NULL, 0, 0);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    ssize_t n = REAL(pwrite)(fd, data, size, offset);
    struct iovec iov = {(void *)data, size};
    note_write(fd, &iov, 1, offset, n);
    return n;
}
ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) {
    return pwrite(fd, data, size, offset);
}
ssize_t pwritev(int fd, const struct iovec *iov, int count, off_t offset) {
    ssize_t n = REAL(pwritev)(fd, iov, count, offset);
    note_write(fd, iov, count, offset, n);
    return n;
}
ssize_t write(int fd, const void *data, size_t size) {
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t n = REAL(write)(fd, data, size);
    struct iovec iov = {(void *)data, size};
    if (offset >= 0) note_write(fd, &iov, 1, offset, n);
    return n;
}
ssize_t writev(int fd, const struct iovec *iov, int count) {
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t n = REAL(writev)(fd, iov, count);
    if (offset >= 0) note_write(fd, iov, count, offset, n);
    return n;
}
int fdatasync(int fd) {
    int result = REAL(fdatasync)(fd);
    note_sync(fd, result);
    return result;
}
int fsync(int fd) {
    int result = REAL(fsync)(fd);
    note_sync(fd, result);
    return result;
}
int ftruncate(int fd, off_t size) {
    int result = REAL(ftruncate)(fd, size);
    uint64_t inode;
    if (result == 0 && interesting(fd, &inode)) note('t', inode, (uint64_t)size, NULL, 0, 0);
    return result;
}
int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    struct stat st;
    int result = REAL(linkat)(from_dir, from, to_dir, to, flags);
    uint64_t zero = 0;
    if (result == 0 && stat(to, &st) == 0 && (log_fd >= 0))
        note('l', st.st_ino, zero, NULL, 0, 0);
    return result;
}
