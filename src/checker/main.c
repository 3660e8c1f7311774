/* aonck: reads a theorem file and a witness, accepts or refuses. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "check.h"

enum { MAX_WITNESS = 1 << 30, WANTED_STACK = 64 << 20 }; /* trees are deep */

/* The options, those with a value first, and all other arguments; what was given of each. */
enum { LIB, DROP, CORE, HELP, QUIET, PLAIN, FILES, KINDS, MAX_ARGS = 64 };
static const char *const option[KINDS] = {"--lib", "--drop", "--core", "--help", "--quiet", "--"};
static const char *given[KINDS][MAX_ARGS];
static long count[KINDS];

static const char help_text[] =
    "usage: aonck [--lib DIR] [--quiet] THEOREM.aon WITNESS.aonw|CERTIFICATE.aonc\n"
    "       aonck [--lib DIR] [--drop DEF.LABEL] --core THEOREM.aon\n"
    "Checks that a witness shows its verdict of a statement, or that a certificate shows that\n"
    "no instance of its scopes violates a statement (\"-\": standard input).\n"
    "  --lib DIR   a further directory with libraries; repeatable\n"
    "  --core      print the core of the file instead\n"
    "  --drop D.l  the core without the conjunct l of definition D\n"
    "  --quiet     print the last line only\n"
    "exit status: 0 accepted, 1 refused, 2 unreadable or out of resources";

/* Is this a command? */
static bool read_options(int argc, char **argv) {
    for (int i = 1; i < argc && argc < MAX_ARGS; i++) {
        bool file = count[PLAIN] > 0 || argv[i][0] != '-' || argv[i][1] == '\0';
        int k = file ? FILES : 0;

        while (k < FILES && strcmp(argv[i], option[k]) != 0) k++;
        if (k == FILES && !file) return false;
        if (k <= DROP && ++i == argc) return false;
        given[k][count[k]++] = argv[i];
    }
    return argc < MAX_ARGS && (count[HELP] > 0 || count[FILES] == (count[CORE] > 0 ? 1 : 2));
}

/* Prints what the files say; the exit status. NULL: no command; how to give one. */
static int run(void *argv) {
    ck_program p;
    ck_text out = {0};

    if (argv == NULL || count[HELP] > 0)
        ck_stop(argv == NULL ? CK_EXIT_UNREADABLE : CK_EXIT_ACCEPTED, "%s", help_text);
    ck_program_read(&p, given[FILES][0], given[LIB], count[LIB]);
    if (count[CORE] > 0) {
        ck_core_text(&out, &p, given[DROP], count[DROP]);
    } else {
        size_t len;
        const char *witness = ck_read_file(given[FILES][1], MAX_WITNESS, &len);

        if (witness == NULL || len > MAX_WITNESS)
            ck_stop(CK_EXIT_UNREADABLE, "cannot read %s, or it is too large", given[FILES][1]);
        if (ck_check(&p, witness, len, &out) != CK_ACCEPTED) return CK_EXIT_REFUSED;
    }
    fputs(out.s, stdout);
    return CK_EXIT_ACCEPTED;
}

int main(int argc, char **argv) {
    struct rlimit stack;

    signal(SIGPIPE, SIG_IGN);
    if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur < WANTED_STACK) {
        stack.rlim_cur = stack.rlim_max < WANTED_STACK ? stack.rlim_max : WANTED_STACK;
        setrlimit(RLIMIT_STACK, &stack);
    }
    int status = ck_run(run, read_options(argc, argv) ? argv : NULL);
    if (ck_message[0] != '\0')
        fprintf(status == CK_EXIT_UNREADABLE ? stderr : stdout, "%s\n", ck_message);
    /* a result that cannot be written was not given */
    if (!ferror(stdout) && fflush(stdout) != EOF) return status;
    fputs("cannot write the result\n", stderr);
    return CK_EXIT_UNREADABLE;
}
