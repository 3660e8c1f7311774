#include "base/stop.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static volatile sig_atomic_t asked; /* number of the signal, or 0 */
static struct timespec when;        /* it came; the handler alone uses this */

/* One handler at a time: each blocks both signals. */
static void
on_signal(int number)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (asked == 0) {
        when = now;
        asked = number;
    } else if (now.tv_sec > when.tv_sec + 1 ||
               (now.tv_sec == when.tv_sec + 1 && now.tv_nsec >= when.tv_nsec)) {
        (void)signal(number, SIG_DFL);
        (void)raise(number);
    }
}

static void
catch_one(int number)
{
    struct sigaction old, act = {.sa_handler = on_signal};

    if (sigaction(number, NULL, &old) != 0 || old.sa_handler == SIG_IGN)
        return;
    sigemptyset(&act.sa_mask);
    sigaddset(&act.sa_mask, SIGINT);
    sigaddset(&act.sa_mask, SIGTERM);
    act.sa_flags = SA_RESTART;
    (void)sigaction(number, &act, NULL);
}

void
aon_stop_catch(void)
{
    catch_one(SIGINT);
    catch_one(SIGTERM);
}

bool
aon_stop_asked(void)
{
    return asked != 0;
}

void
aon_stop_end(void)
{
    if (asked == 0)
        return;
    (void)signal(asked, SIG_DFL);
    (void)raise(asked);
}
