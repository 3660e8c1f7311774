#include "base/jobs.h"

#include "base/arena.h"
#include "base/status.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_JOBS = 256, AHEAD = 64, STACK_BYTES = 16 << 20 };

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t room;  /* workers wait: an item may be handed out, or stop */
    pthread_cond_t ready; /* the caller waits: the item `finished` has been worked on */
    size_t count, window;
    size_t next;     /* first item not handed out */
    size_t finished; /* items whose done() has returned */
    bool stop;
    bool *worked; /* worked[i % window], for finished <= i < next */
    void *arg;
    void (*work)(void *arg, size_t i);
} pool;

static void (*on_worker_exit)(void);

void
aon_jobs_on_worker_exit(void (*fn)(void))
{
    on_worker_exit = fn;
}

unsigned
aon_jobs_default(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > MAX_JOBS ? MAX_JOBS : (unsigned)n;
}

static void *
worker(void *p)
{
    pool *q = p;

    pthread_mutex_lock(&q->lock);
    for (;;) {
        size_t i;

        while (!q->stop && q->next < q->count && q->next - q->finished >= q->window)
            pthread_cond_wait(&q->room, &q->lock);
        if (q->stop || q->next == q->count)
            break;
        i = q->next++;
        pthread_mutex_unlock(&q->lock);
        q->work(q->arg, i);
        pthread_mutex_lock(&q->lock);
        q->worked[i % q->window] = true;
        if (i == q->finished)
            pthread_cond_signal(&q->ready);
    }
    pthread_mutex_unlock(&q->lock);
    if (on_worker_exit != NULL)
        on_worker_exit();
    return NULL;
}

/* On the calling thread: done() in order, outside the lock. */
static void
consume(pool *q, int (*done)(void *arg, size_t i))
{
    pthread_mutex_lock(&q->lock);
    while (q->finished < q->count && !q->stop) {
        size_t i = q->finished;
        bool stop;

        while (!q->worked[i % q->window])
            pthread_cond_wait(&q->ready, &q->lock);
        q->worked[i % q->window] = false;
        pthread_mutex_unlock(&q->lock);
        stop = done != NULL && done(q->arg, i) != 0;
        pthread_mutex_lock(&q->lock);
        q->finished++;
        q->stop = stop;
        pthread_cond_broadcast(&q->room);
    }
    pthread_mutex_unlock(&q->lock);
}

static void
run_here(size_t count, void *arg, void (*work)(void *arg, size_t i),
         int (*done)(void *arg, size_t i))
{
    for (size_t i = 0; i < count; i++) {
        work(arg, i);
        if (done != NULL && done(arg, i) != 0)
            return;
    }
}

void
aon_jobs_run(unsigned jobs, size_t count, void *arg, void (*work)(void *arg, size_t i),
             int (*done)(void *arg, size_t i))
{
    pool q = {.count = count, .arg = arg, .work = work};
    pthread_t threads[MAX_JOBS];
    pthread_attr_t attr;
    unsigned started = 0;

    if (jobs > MAX_JOBS)
        jobs = MAX_JOBS;
    if (jobs > count)
        jobs = (unsigned)count;
    if (jobs <= 1) {
        run_here(count, arg, work, done);
        return;
    }
    q.window = (size_t)AHEAD * jobs;
    q.worked = aon_xcalloc(q.window, sizeof *q.worked);
    AON_ASSERT(pthread_mutex_init(&q.lock, NULL) == 0);
    AON_ASSERT(pthread_cond_init(&q.room, NULL) == 0);
    AON_ASSERT(pthread_cond_init(&q.ready, NULL) == 0);
    AON_ASSERT(pthread_attr_init(&attr) == 0);
    (void)pthread_attr_setstacksize(&attr, STACK_BYTES);

    while (started < jobs && pthread_create(&threads[started], &attr, worker, &q) == 0)
        started++;
    if (started > 0)
        consume(&q, done);
    for (unsigned k = 0; k < started; k++)
        pthread_join(threads[k], NULL);

    pthread_attr_destroy(&attr);
    pthread_cond_destroy(&q.ready);
    pthread_cond_destroy(&q.room);
    pthread_mutex_destroy(&q.lock);
    free(q.worked);
    if (started == 0)
        run_here(count, arg, work, done);
}
