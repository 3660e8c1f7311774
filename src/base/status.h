/*
 * Three questions, three answers: did the call work (aon_status), what does the
 * mathematics say (aon_truth), is our code wrong (AON_ASSERT).  Never one for another.
 */
#ifndef AON_BASE_STATUS_H
#define AON_BASE_STATUS_H

#if defined(__GNUC__)
#define AON_NODISCARD __attribute__((warn_unused_result))
#define AON_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define AON_NORETURN __attribute__((noreturn))
#else
#define AON_NODISCARD
#define AON_PRINTF(fmt, first)
#define AON_NORETURN
#endif

/* AON_EINPUT: the diagnostic list says what; AON_EDOMAIN: shapes or preconditions do
 * not fit; AON_ELIMIT: a documented limit was reached; AON_EIO: disk, pipe, file. */
typedef enum { AON_OK, AON_EINPUT, AON_EDOMAIN, AON_ELIMIT, AON_EIO } aon_status;

/* Zeroed memory is UNKNOWN.  Compare explicitly; `!t` and `if (t)` are bugs. */
typedef enum { AON_UNKNOWN, AON_FALSE, AON_TRUE } aon_truth;

/* On in every build.  Prints file, line and condition to stderr, exits 70. */
#define AON_ASSERT(cond)                                                               \
    ((cond) ? (void)0 : aon_assert_failed(#cond, __FILE__, __LINE__))

AON_NORETURN void aon_assert_failed(const char *cond, const char *file, int line);

/* Memory is exhausted: one line on stderr, exit 71.  Never returns. */
AON_NORETURN void aon_out_of_memory(void);

#endif
