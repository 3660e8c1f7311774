#include "base/io.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static aon_status
io_failed(aon_diags *diags, const char *verb, const char *path, int error)
{
    (void)aon_diag(diags, AON_SEV_ERROR, (aon_span){0}, "io", NULL,
                   "cannot %s '%s': %s", verb, path, strerror(error));
    return AON_EIO;
}

/* ---- reading ---- */

static aon_status
too_large(aon_diags *diags, const char *path)
{
    (void)aon_diag(diags, AON_SEV_ERROR, (aon_span){0}, "too-large", NULL,
                   "'%s' is larger than %zu MiB", path, AON_MAX_FILE >> 20);
    return AON_ELIMIT;
}

static aon_status
read_fd(int fd, const char *path, aon_buf *out, aon_diags *diags)
{
    static const size_t step = 1 << 16;
    struct stat info;

    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
        (uintmax_t)info.st_size > AON_MAX_FILE)
        return too_large(diags, path);
    for (;;) {
        ssize_t n;

        out->s = aon_grow(out->s, &out->cap, out->len + step + 1, 1);
        n = read(fd, out->s + out->len, step);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return io_failed(diags, "read", path, errno);
        out->len += (size_t)n;
        out->s[out->len] = '\0';
        if (out->len > AON_MAX_FILE)
            return too_large(diags, path);
        if (n == 0)
            return AON_OK;
    }
}

aon_status
aon_read_file(const char *path, aon_buf *out, aon_diags *diags)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    aon_status st;
    aon_buf text, swap;

    if (fd < 0)
        return io_failed(diags, "read", path, errno);
    aon_buf_init(&text);
    st = read_fd(fd, path, &text, diags); /* a directory fails here, with EISDIR */
    if (!is_stdin)
        close(fd);
    if (st == AON_OK) {
        swap = *out;
        *out = text;
        text = swap;
    }
    aon_buf_clear(&text);
    return st;
}

/* ---- writing ---- */

static int
write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

/* Some file systems cannot sync; that is no reason to refuse them. */
static int
sync_fd(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : -1;
}

/* A name in the directory of `path` that nobody has; heap. */
static char *
name_beside(const char *path, unsigned attempt)
{
    const char *slash = strrchr(path, '/');
    size_t dir = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_put(&b, path, dir);
    aon_buf_printf(&b, ".aon-%ld-%u.tmp", (long)getpid(), attempt);
    return b.s;
}

static int
open_beside(const char *path, char **name)
{
    for (unsigned attempt = 0;; attempt++) {
        int fd;

        *name = name_beside(path, attempt);
        fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            return fd;
        free(*name);
        *name = NULL;
        if (errno != EEXIST || attempt == 1000)
            return -1;
    }
}

static void
sync_directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    aon_buf dir;
    int fd;

    aon_buf_init(&dir);
    if (slash == NULL)
        aon_buf_puts(&dir, ".");
    else
        aon_buf_put(&dir, path, (size_t)(slash - path) + 1);
    fd = open(dir.s, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)sync_fd(fd);
        close(fd);
    }
    aon_buf_clear(&dir);
}

/* mode < 0: a new file.  0, or -1 with errno set and no trace left. */
static int
replace_file(const char *path, const char *data, size_t len, long mode)
{
    char *temp;
    int fd = open_beside(path, &temp), error;

    if (fd < 0)
        return -1;
    if (mode >= 0)
        (void)fchmod(fd, (mode_t)mode & 07777); /* best effort: we may not own it */
    error = write_all(fd, data, len) != 0 || sync_fd(fd) != 0 ? errno : 0;
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(temp, path) != 0)
        error = errno;
    if (error == 0)
        sync_directory_of(path);
    else
        unlink(temp);
    free(temp);
    errno = error;
    return error == 0 ? 0 : -1;
}

/* /dev/stdout, /dev/null, a pipe: nothing to rename over. */
static int
write_special(const char *path, const char *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC), error;

    if (fd < 0)
        return -1;
    error = write_all(fd, data, len) != 0 ? errno : 0;
    if (close(fd) != 0 && error == 0)
        error = errno;
    errno = error;
    return error == 0 ? 0 : -1;
}

aon_status
aon_write_file(const char *path, const char *data, size_t len, aon_diags *diags)
{
    struct stat info;
    char *target = NULL;
    int failed;

    if (stat(path, &info) != 0) {
        failed = errno == ENOENT ? replace_file(path, data, len, -1) : -1;
    } else if (S_ISREG(info.st_mode)) {
        target = realpath(path, NULL); /* through a link, not over it */
        failed =
            target == NULL ? -1 : replace_file(target, data, len, (long)info.st_mode);
    } else {
        failed = write_special(path, data, len);
    }
    if (failed != 0)
        (void)io_failed(diags, "write", path, errno);
    free(target);
    return failed == 0 ? AON_OK : AON_EIO;
}

/* ---- standard output ---- */

static bool out_begun;
static int out_error; /* errno of the first failure, or 0 */

/* A closed pipe shall be an error we see, not a signal that ends us without a word. */
static void
out_begin(void)
{
    struct sigaction old;

    if (out_begun)
        return;
    out_begun = true;
    if (sigaction(SIGPIPE, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        signal(SIGPIPE, SIG_IGN);
}

static void
out_lost(void)
{
    if (out_error == 0)
        out_error = errno != 0 ? errno : EIO;
}

void
aon_out(const char *s, size_t len)
{
    out_begin();
    errno = 0;
    if (len > 0 && fwrite(s, 1, len, stdout) != len)
        out_lost();
}

void
aon_outf(const char *fmt, ...)
{
    va_list args;

    out_begin();
    errno = 0;
    va_start(args, fmt);
    if (vfprintf(stdout, fmt, args) < 0)
        out_lost();
    va_end(args);
}

aon_status
aon_out_finish(aon_diags *diags)
{
    out_begin();
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout))
        out_lost();
    if (out_error == 0)
        return AON_OK;
    if (out_error != EPIPE)
        (void)io_failed(diags, "write", "standard output", out_error);
    return AON_EIO;
}
