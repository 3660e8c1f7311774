#include "unit/t.h"

#include "base/jobs.h"

#include <pthread.h>
#include <stdatomic.h>

enum { COUNT = 3000 };

typedef struct {
    atomic_int worked[COUNT];
    atomic_size_t started, running, most_running;
    atomic_size_t finished;
    size_t stop_at;  /* done returns non-zero there */
    size_t furthest; /* how far work was ahead of done, at most */
    bool wrong, stopped;
    pthread_t caller;
} state;

static void
work(void *arg, size_t i)
{
    state *s = arg;
    size_t now = ++s->running;

    if (now > s->most_running)
        s->most_running = now;
    s->started++;
    for (volatile unsigned k = 0; k < (i * 2654435761U >> 3) % 500; k++)
        continue;
    s->worked[i]++;
    s->running--;
}

static int
done(void *arg, size_t i)
{
    state *s = arg;
    size_t ahead = s->started - s->finished;

    if (s->stopped || i != s->finished || s->worked[i] != 1 ||
        !pthread_equal(s->caller, pthread_self()))
        s->wrong = true;
    if (ahead > s->furthest)
        s->furthest = ahead;
    s->finished++;
    if (i == s->stop_at)
        s->stopped = true;
    return s->stopped;
}

static state *
run(unsigned jobs, size_t count, size_t stop_at, bool with_done)
{
    state *s = calloc(1, sizeof *s);

    s->stop_at = stop_at;
    s->caller = pthread_self();
    aon_jobs_run(jobs, count, s, work, with_done ? done : NULL);
    return s;
}

static const unsigned job_counts[] = {0, 1, 2, 3, 7, 1000};

TEST(everything_once_and_in_order)
{
    static const size_t counts[] = {0, 1, 2, 5, 129, COUNT};

    for (size_t j = 0; j < sizeof job_counts / sizeof *job_counts; j++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            unsigned jobs = job_counts[j];
            state *s = run(jobs, counts[c], SIZE_MAX, true);

            T_CHECK(!s->wrong);
            T_EQ_INT(s->finished, counts[c]);
            T_EQ_INT(s->started, counts[c]);
            T_CHECK(s->most_running <= (jobs > 1 ? jobs : 1));
            T_CHECK(s->furthest <= (jobs > 1 ? 64 * (size_t)jobs : 1));
            free(s);
        }
    }
}

TEST(without_done)
{
    for (size_t j = 0; j < sizeof job_counts / sizeof *job_counts; j++) {
        state *s = run(job_counts[j], COUNT, SIZE_MAX, false);
        int wrong = 0;

        for (size_t i = 0; i < COUNT; i++)
            wrong += s->worked[i] != 1;
        T_EQ_INT(wrong, 0);
        free(s);
    }
}

TEST(done_can_stop_it)
{
    for (size_t j = 0; j < sizeof job_counts / sizeof *job_counts; j++) {
        unsigned jobs = job_counts[j];
        state *s = run(jobs, COUNT, 100, true);

        T_CHECK(!s->wrong);
        T_EQ_INT(s->finished, 101);
        T_CHECK(s->started <= 101 + 64 * (size_t)(jobs > 1 ? jobs : 1));
        free(s);
    }
}

static atomic_int exits;

static void
count_exit(void)
{
    exits++;
}

TEST(workers_say_good_bye)
{
    aon_jobs_on_worker_exit(count_exit);
    free(run(3, COUNT, SIZE_MAX, true));
    T_EQ_INT(exits, 3);
    free(run(1, COUNT, SIZE_MAX, true));
    T_EQ_INT(exits, 3);
    aon_jobs_on_worker_exit(NULL);
    T_CHECK(aon_jobs_default() >= 1);
}
