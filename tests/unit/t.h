/*
 * A small test harness: one file, one program, no registration by hand.
 *
 *   TEST(name) { ... }    registers itself; runs in the order of the file
 *   T_CHECK(cond)         counts; prints and goes on when false; its value is cond
 *   T_REQUIRE(cond)       the same, but leaves the function (which returns void)
 *   T_OK(status)          status == 0
 *   T_EQ_INT(got, want)   T_EQ_STR(got, want)
 *   T_FOR(n) { ... }      n * AON_TEST_MULT rounds, t_round counting from 0; ends early
 *                         in the first round that fails.  Not nested.
 *   t_seed, t_round       what a random generator of the project is to be seeded with
 *   t_rand(), t_below(n)  or use these: a fresh stream for each (seed, test, round)
 *   t_exit_code(fn, arg)  exit status of a child process that calls fn(arg)
 *
 * A test in which no check was executed fails.  Arguments: -v prints each test before
 * it runs; any other is a filter, a part of the names to run.  A failure prints
 *   replay: AON_TEST_SEED=7 AON_TEST_ROUND=137 ./linalg_test span_within
 */
#ifndef AON_UNIT_T_H
#define AON_UNIT_T_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define T_UNUSED __attribute__((unused))

typedef struct t_case {
    const char *name;
    void (*run)(void);
    struct t_case *next;
} t_case;

static t_case *t_first, **t_last = &t_first, *t_current;
static const char *t_program;
static unsigned long t_checks, t_failures; /* of the current test */
static uint64_t t_seed = 1, t_state;
static unsigned long t_round, t_rounds, t_mult = 1, t_only_round;
static bool t_one_round, t_in_rounds;

enum { T_MAX_SHOWN = 5 };

#define TEST(id)                                                                       \
    static void t_run_##id(void);                                                      \
    static t_case t_case_##id = {#id, t_run_##id, NULL};                               \
    __attribute__((constructor)) static void t_register_##id(void)                     \
    {                                                                                  \
        *t_last = &t_case_##id;                                                        \
        t_last = &t_case_##id.next;                                                    \
    }                                                                                  \
    static void t_run_##id(void)

#define T_CHECK(cond) t_check(!!(cond), #cond, __FILE__, __LINE__)
#define T_OK(status) t_eq_int((long long)(status), 0, #status, __FILE__, __LINE__)
#define T_EQ_INT(got, wanted)                                                          \
    t_eq_int((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)
#define T_EQ_STR(got, wanted) t_eq_str((got), (wanted), #got, __FILE__, __LINE__)
#define T_REQUIRE(cond)                                                                \
    do {                                                                               \
        if (!T_CHECK(cond))                                                            \
            return;                                                                    \
    } while (0)
#define T_FOR(n) for (t_rounds_begin(n); t_rounds_go(); t_round++)

/* ---- checks ---- */

static void
t_fail(const char *file, int line, const char *what)
{
    const char *slash = strrchr(file, '/');

    if (++t_failures > T_MAX_SHOWN)
        return;
    printf("%s:%d: %s: %s\n", slash != NULL ? slash + 1 : file, line, t_current->name,
           what);
    printf("replay: AON_TEST_SEED=%llu ", (unsigned long long)t_seed);
    if (t_in_rounds)
        printf("AON_TEST_ROUND=%lu ", t_round);
    printf("%s %s\n", t_program, t_current->name);
    if (t_failures == T_MAX_SHOWN)
        printf("further failures of %s are not shown\n", t_current->name);
}

T_UNUSED static bool
t_check(bool ok, const char *expr, const char *file, int line)
{
    t_checks++;
    if (!ok) {
        char what[400];

        snprintf(what, sizeof what, "failed: %s", expr);
        t_fail(file, line, what);
    }
    return ok;
}

T_UNUSED static bool
t_eq_int(long long got, long long wanted, const char *expr, const char *file, int line)
{
    t_checks++;
    if (got != wanted) {
        char what[400];

        snprintf(what, sizeof what, "%s is %lld, wanted %lld", expr, got, wanted);
        t_fail(file, line, what);
    }
    return got == wanted;
}

T_UNUSED static bool
t_eq_str(const char *got, const char *wanted, const char *expr, const char *file,
         int line)
{
    bool ok =
        got == wanted || (got != NULL && wanted != NULL && strcmp(got, wanted) == 0);

    t_checks++;
    if (!ok) {
        t_fail(file, line, expr);
        if (t_failures <= T_MAX_SHOWN)
            printf("--- wanted\n%s\n--- got\n%s\n---\n",
                   wanted != NULL ? wanted : "(null)", got != NULL ? got : "(null)");
    }
    return ok;
}

/* ---- rounds and randomness ---- */

T_UNUSED static uint64_t
t_rand(void)
{
    uint64_t z = t_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* 0 <= . < n; biased by less than n / 2^64. */
T_UNUSED static uint64_t
t_below(uint64_t n)
{
    return n == 0 ? 0 : t_rand() % n;
}

static void
t_reseed(void)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ t_seed;

    for (const char *s = t_current->name; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
    t_state = h;
    t_state = t_rand() ^ (t_in_rounds ? (uint64_t)t_round + 1 : 0);
    t_state = t_rand();
}

T_UNUSED static void
t_rounds_begin(unsigned long n)
{
    t_round = t_one_round ? t_only_round : 0;
    t_rounds = t_one_round ? t_only_round + 1 : n * t_mult;
    t_in_rounds = true;
}

T_UNUSED static bool
t_rounds_go(void)
{
    if (t_round >= t_rounds || t_failures > 0) {
        t_in_rounds = false;
        return false;
    }
    t_reseed();
    return true;
}

/* ---- processes ---- */

/* Status of a child that calls fn(arg), stderr shut; 128 + signal; -1 on failure. */
T_UNUSED static int
t_exit_code(void (*fn)(void *), void *arg)
{
    pid_t pid;
    int status;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(127);
        fn(arg);
        _exit(0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- main ---- */

static bool
t_run_one(t_case *c)
{
    t_current = c;
    t_checks = t_failures = 0;
    t_round = 0;
    t_in_rounds = false;
    t_reseed();
    c->run();
    t_in_rounds = false;
    if (t_checks == 0)
        t_fail(__FILE__, __LINE__, "no check was executed");
    return t_failures == 0;
}

static unsigned long long
t_env(const char *name, unsigned long long otherwise, bool *given)
{
    const char *s = getenv(name);
    char *end;
    unsigned long long v;

    *given = s != NULL && *s != '\0';
    if (!*given)
        return otherwise;
    v = strtoull(s, &end, 10);
    if (*end != '\0') {
        fprintf(stderr, "%s is not a number\n", name);
        exit(2);
    }
    return v;
}

static bool
t_wanted(const t_case *c, int argc, char **argv)
{
    bool filtered = false;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            continue;
        filtered = true;
        if (strstr(c->name, argv[i]) != NULL)
            return true;
    }
    return !filtered;
}

int
main(int argc, char **argv)
{
    unsigned long passed = 0, failed = 0;
    bool verbose = false, given;

    t_program = argv[0];
    setvbuf(stdout, NULL, _IOLBF, 0);
    t_seed = t_env("AON_TEST_SEED", 1, &given);
    t_mult = (unsigned long)t_env("AON_TEST_MULT", 1, &given);
    t_only_round = (unsigned long)t_env("AON_TEST_ROUND", 0, &t_one_round);
    for (int i = 1; i < argc; i++)
        verbose = verbose || strcmp(argv[i], "-v") == 0;
    for (t_case *c = t_first; c != NULL; c = c->next) {
        if (!t_wanted(c, argc, argv))
            continue;
        if (verbose)
            printf("%s\n", c->name);
        if (t_run_one(c))
            passed++;
        else
            failed++;
    }
    if (passed + failed == 0)
        printf("no test has such a name\n");
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed > 0 || passed == 0 ? 1 : 0;
}

#endif
