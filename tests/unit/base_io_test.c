/* Files in a directory of our own; full disks and closed pipes in child processes. */
#include "unit/t.h"

#include "base/io.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char dir[] = "base_io_XXXXXX";

static const char *
in_dir(const char *name)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void
enter(void)
{
    strcpy(dir + sizeof dir - 7, "XXXXXX");
    if (mkdtemp(dir) == NULL)
        abort();
}

/* Number of entries but . and .. */
static int
entries(void)
{
    DIR *d = opendir(dir);
    int n = -2;

    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

static void
leave(void)
{
    DIR *d = opendir(dir);
    struct dirent *e;

    while ((e = readdir(d)) != NULL)
        unlink(in_dir(e->d_name));
    closedir(d);
    rmdir(dir);
}

static void
check_read(const char *path, const char *wanted, size_t len)
{
    aon_diags *d = aon_diags_new();
    aon_buf b;

    aon_buf_init(&b);
    T_OK(aon_read_file(path, &b, d));
    T_EQ_INT(b.len, len);
    T_CHECK(b.len == len && memcmp(b.s, wanted, len) == 0 && b.s[len] == '\0');
    T_EQ_INT(aon_diags_errors(d), 0);
    aon_buf_clear(&b);
    aon_diags_free(d);
}

static void
check_read_fails(const char *path, aon_status wanted, const char *slug)
{
    aon_diags *d = aon_diags_new();
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_puts(&b, "before");
    T_EQ_INT(aon_read_file(path, &b, d), wanted);
    T_EQ_STR(b.s, "before");
    T_EQ_INT(aon_diags_errors(d), 1);
    T_EQ_STR(aon_diags_slug(d, 0), slug);
    aon_buf_clear(&b);
    aon_diags_free(d);
}

TEST(write_then_read)
{
    size_t big = 300001;
    char *data = malloc(big);

    for (size_t i = 0; i < big; i++)
        data[i] = (char)(i * 7 % 256);
    enter();
    T_OK(aon_write_file(in_dir("a"), "x\0y", 3, NULL));
    check_read(in_dir("a"), "x\0y", 3);
    T_OK(aon_write_file(in_dir("a"), data, big, NULL));
    check_read(in_dir("a"), data, big);
    T_OK(aon_write_file(in_dir("a"), "", 0, NULL));
    check_read(in_dir("a"), "", 0);
    T_EQ_INT(entries(), 1);
    leave();
    free(data);
}

TEST(a_name_without_directory)
{
    T_OK(aon_write_file("base_io_here", "1", 1, NULL));
    check_read("base_io_here", "1", 1);
    T_EQ_INT(unlink("base_io_here"), 0);
}

TEST(reading_what_cannot_be_read)
{
    enter();
    check_read_fails(in_dir("none"), AON_EIO, "io");
    check_read_fails(dir, AON_EIO, "io");
    check_read_fails("", AON_EIO, "io");
    check_read_fails("/dev/zero", AON_ELIMIT, "too-large");
    T_OK(aon_write_file(in_dir("sparse"), "x", 1, NULL));
    T_OK(truncate(in_dir("sparse"), (off_t)AON_MAX_FILE + 1));
    check_read_fails(in_dir("sparse"), AON_ELIMIT, "too-large");
    leave();
}

TEST(readers_see_the_old_file_or_the_new_one)
{
    char old[8] = "";
    int fd;

    enter();
    T_OK(aon_write_file(in_dir("a"), "old", 3, NULL));
    fd = open(in_dir("a"), O_RDONLY);
    T_OK(aon_write_file(in_dir("a"), "newer", 5, NULL));
    T_EQ_INT(read(fd, old, sizeof old), 3);
    T_EQ_STR(old, "old");
    close(fd);
    check_read(in_dir("a"), "newer", 5);
    leave();
}

TEST(mode_is_kept_and_links_are_followed)
{
    struct stat info;

    enter();
    T_OK(aon_write_file(in_dir("a"), "1", 1, NULL));
    T_OK(chmod(in_dir("a"), 0640));
    T_OK(symlink("a", in_dir("l")));
    T_OK(aon_write_file(in_dir("l"), "22", 2, NULL));
    T_OK(stat(in_dir("a"), &info));
    T_EQ_INT(info.st_mode & 0777, 0640);
    T_OK(lstat(in_dir("l"), &info));
    T_CHECK(S_ISLNK(info.st_mode));
    check_read(in_dir("a"), "22", 2);
    leave();
}

/* A limit on the size of files stands in for a disk that fills up half-way. */
static void
write_too_much(void *arg)
{
    static char data[100000];
    struct rlimit limit = {4096, 4096};
    aon_diags *d = aon_diags_new();

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(9);
    _exit(aon_write_file(arg, data, sizeof data, d) == AON_EIO &&
                  aon_diags_errors(d) == 1
              ? 42
              : 1);
}

TEST(a_failed_write_leaves_the_old_file_and_nothing_else)
{
    char path[600];

    enter();
    snprintf(path, sizeof path, "%s", in_dir("a"));
    T_OK(aon_write_file(path, "old", 3, NULL));
    T_EQ_INT(t_exit_code(write_too_much, path), 42);
    check_read(path, "old", 3);
    T_EQ_INT(entries(), 1);
    snprintf(path, sizeof path, "%s", in_dir("new"));
    T_EQ_INT(t_exit_code(write_too_much, path), 42);
    T_EQ_INT(entries(), 1);
    leave();
}

TEST(writing_where_one_cannot)
{
    aon_diags *d = aon_diags_new();

    enter();
    T_EQ_INT(aon_write_file(in_dir("no/such"), "x", 1, d), AON_EIO);
    T_EQ_INT(aon_write_file(dir, "x", 1, d), AON_EIO);
    T_EQ_INT(aon_write_file("", "x", 1, d), AON_EIO);
    T_EQ_INT(aon_diags_errors(d), 3);
    leave();
    aon_diags_free(d);
}

TEST(devices_are_written_not_replaced)
{
    struct stat info;

    T_EQ_INT(aon_write_file("/dev/full", "x", 1, NULL), AON_EIO);
    T_OK(aon_write_file("/dev/null", "x", 1, NULL));
    T_OK(stat("/dev/null", &info));
    T_CHECK(S_ISCHR(info.st_mode));
}

/* ---- standard input and output, in children ---- */

static void
read_stdin(void *arg)
{
    int ends[2];
    aon_buf b;

    (void)arg;
    if (pipe(ends) != 0 || write(ends[1], "abc", 3) != 3)
        _exit(9);
    close(ends[1]);
    dup2(ends[0], 0);
    aon_buf_init(&b);
    _exit(aon_read_file("-", &b, NULL) == AON_OK && strcmp(b.s, "abc") == 0 ? 42 : 1);
}

/* Exit status 40 + what aon_out_finish says, and 10 more if there is a message. */
static void
print_to(int fd)
{
    aon_diags *diags = aon_diags_new();
    int status;

    if (fd < 0)
        close(1);
    else
        dup2(fd, 1);
    aon_out("hello ", 6);
    aon_outf("%d\n", 7);
    status = (int)aon_out_finish(diags);
    _exit(40 + status + (aon_diags_errors(diags) > 0 ? 10 : 0));
}

static void
print_to_full(void *arg)
{
    (void)arg;
    print_to(open("/dev/full", O_WRONLY));
}

static void
print_to_null(void *arg)
{
    (void)arg;
    print_to(open("/dev/null", O_WRONLY));
}

static void
print_to_closed(void *arg)
{
    (void)arg;
    print_to(-1);
}

static void
print_to_broken_pipe(void *arg)
{
    int ends[2];

    (void)arg;
    if (pipe(ends) != 0)
        _exit(9);
    close(ends[0]);
    print_to(ends[1]);
}

/* More than a buffer full: the loss shows in the middle, the end would succeed. */
static void
print_much_to_broken_pipe(void *arg)
{
    int ends[2];

    (void)arg;
    if (pipe(ends) != 0)
        _exit(9);
    close(ends[0]);
    dup2(ends[1], 1);
    for (int i = 0; i < 50000; i++)
        aon_outf("%d\n", i);
    print_to(open("/dev/null", O_WRONLY));
}

TEST(lost_output_is_reported)
{
    T_EQ_INT(t_exit_code(print_to_null, NULL), 40 + AON_OK);
    T_EQ_INT(t_exit_code(print_to_full, NULL), 50 + AON_EIO);
    T_EQ_INT(t_exit_code(print_to_closed, NULL), 50 + AON_EIO);
    T_EQ_INT(t_exit_code(print_to_broken_pipe, NULL), 40 + AON_EIO);
    T_EQ_INT(t_exit_code(print_much_to_broken_pipe, NULL), 40 + AON_EIO);
}

TEST(minus_reads_standard_input)
{
    T_EQ_INT(t_exit_code(read_stdin, NULL), 42);
}
