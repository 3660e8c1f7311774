/*
 * Internal to cli/: what the suite found as JUnit XML, for machines that run tests.
 *
 * testsuites > testsuite (one per file, and one for the lock) > testcase > failure, error,
 * skipped.  No times and no dates: same inputs, same bytes.
 */
#ifndef AON_CLI_JUNIT_H
#define AON_CLI_JUNIT_H

#include "cli/lock.h"

typedef struct aon_junit aon_junit;

aon_junit *aon_junit_new(void);
void aon_junit_free(aon_junit *j);

/* The n statements of a file; a file that could not be read. */
void aon_junit_add(aon_junit *j, const char *file, const aon_suite_result *r, size_t n);
void aon_junit_add_unread(aon_junit *j, const char *file);
void aon_junit_add_lock(aon_junit *j, const char *lock, const aon_lock_diff *d);

/* The whole document. */
void aon_junit_print(aon_buf *out, const aon_junit *j);

#endif
