/*
 * Parallel loop over numbered work items whose results are consumed in order.
 */
#ifndef AON_BASE_JOBS_H
#define AON_BASE_JOBS_H

#include <stddef.h>

/*
 * Calls work(arg, i) once for every 0 <= i < count on up to `jobs` threads (jobs <= 1:
 * on the calling thread), and done(arg, i) in increasing order of i, one at a time,
 * each after its work(i).  Hence output written by done does not depend on jobs.
 * Workers run at most 64 * jobs items ahead of done.  done may be NULL.  A non-zero
 * return of done stops handing out new work; items not yet started are skipped.
 */
void aon_jobs_run(unsigned jobs, size_t count, void *arg,
                  void (*work)(void *arg, size_t i), int (*done)(void *arg, size_t i));

/* done runs on the calling thread.  fn (flint_cleanup, say) runs at the end of every
 * worker thread; set it before the first aon_jobs_run. */
void aon_jobs_on_worker_exit(void (*fn)(void));
/* Number of processors, at least 1. */
unsigned aon_jobs_default(void);

#endif
