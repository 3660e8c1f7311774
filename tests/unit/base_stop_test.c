/*
 * A signal is a question first, and an end afterwards.
 */
#include "base/stop.h"

#include "unit/t.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What waitpid says of a child that does this. */
static int
status_of(void (*child)(void))
{
    int status = 0;
    const pid_t pid = fork();

    if (pid == 0) {
        child();
        _exit(9);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return status;
}

static void
ask_and_end(int number)
{
    if (aon_stop_asked())
        _exit(1);
    aon_stop_end(); /* nothing has arrived */
    aon_stop_catch();
    if (aon_stop_asked())
        _exit(2);
    raise(number);
    if (!aon_stop_asked())
        _exit(3);
    aon_stop_end();
}

static void
interrupted(void)
{
    ask_and_end(SIGINT);
}

static void
terminated(void)
{
    ask_and_end(SIGTERM);
}

static void
twice(void)
{
    const struct timespec wait = {1, 100000000};

    aon_stop_catch();
    raise(SIGTERM);
    raise(SIGTERM); /* along with the first */
    if (!aon_stop_asked())
        _exit(5);
    while (nanosleep(&wait, NULL) != 0)
        continue;
    raise(SIGINT);
    _exit(4);
}

static void
ignored(void)
{
    signal(SIGINT, SIG_IGN);
    aon_stop_catch();
    raise(SIGINT);
    aon_stop_end();
    _exit(aon_stop_asked() ? 5 : 40);
}

TEST(stop_ends_by_the_signal)
{
    const int by_int = status_of(interrupted), by_term = status_of(terminated);

    T_CHECK(WIFSIGNALED(by_int) && WTERMSIG(by_int) == SIGINT);
    T_CHECK(WIFSIGNALED(by_term) && WTERMSIG(by_term) == SIGTERM);
}

TEST(stop_a_later_signal_ends_at_once)
{
    const int status = status_of(twice);

    T_CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

TEST(stop_leaves_an_ignored_signal_ignored)
{
    const int status = status_of(ignored);

    T_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 40);
}
