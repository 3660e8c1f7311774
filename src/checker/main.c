/* aonck: reads a theorem file and a witness, accepts or refuses. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "check.h"

enum { MAX_ARGS = 64 };
static const size_t max_witness = (size_t)1 << 30;
static const rlim_t wanted_stack = (rlim_t)64 << 20; /* trees are deep */

static const char *file[2], *libdir[MAX_ARGS], *drop[MAX_ARGS]; /* file: theorem, witness */
static long nfiles, nlibdirs, ndrops;
static bool core, help;

static const char help_text[] =
    "usage: aonck [--lib DIR] [--quiet] THEOREM.aon WITNESS.aonw|CERTIFICATE.aonc\n"
    "       aonck [--lib DIR] [--drop DEF.LABEL] --core THEOREM.aon\n"
    "Checks that a witness shows its verdict of a statement, or that a certificate shows that\n"
    "no instance of its scopes violates a statement (\"-\": standard input).\n"
    "  --lib DIR   a further directory with libraries; repeatable\n"
    "  --core      print the core of the file instead\n"
    "  --drop D.l  the core without the conjunct l of definition D\n"
    "  --quiet     print the last line only\n"
    "exit status: 0 accepted, 1 refused, 2 unreadable or out of resources\n";

/* Is this a command? */
static bool read_options(int argc, char **argv) {
    bool plain = false;

    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];

        if (plain || a[0] != '-' || a[1] == '\0') {
            if (nfiles == 2) return false;
            file[nfiles++] = a;
        } else if (strcmp(a, "--") == 0)
            plain = true;
        else if (strcmp(a, "--core") == 0)
            core = true;
        else if (strcmp(a, "--help") == 0)
            help = true;
        else if (strcmp(a, "--lib") == 0 && i + 1 < argc && nlibdirs < MAX_ARGS)
            libdir[nlibdirs++] = argv[++i];
        else if (strcmp(a, "--drop") == 0 && i + 1 < argc && ndrops < MAX_ARGS)
            drop[ndrops++] = argv[++i];
        else if (strcmp(a, "--quiet") != 0) /* there is one line anyway */
            return false;
    }
    return help || nfiles == (core ? 1 : 2);
}

static int run(void *unused) {
    ck_program p;
    ck_text out = {0};
    char *witness;
    size_t len;
    bool accepted = true;

    (void)unused;
    ck_program_read(&p, file[0], libdir, nlibdirs);
    if (core) {
        ck_core_text(&out, &p, drop, ndrops);
    } else {
        witness = ck_read_file(file[1], max_witness, &len);
        if (witness == NULL || len > max_witness)
            ck_stop(CK_EXIT_UNREADABLE, "cannot read %s, or it is too large", file[1]);
        accepted = ck_check(&p, witness, len, &out) == CK_ACCEPTED;
    }
    fputs(out.s, stdout);
    return accepted ? CK_EXIT_ACCEPTED : CK_EXIT_REFUSED;
}

int main(int argc, char **argv) {
    bool good = read_options(argc, argv);
    int status = good ? CK_EXIT_ACCEPTED : CK_EXIT_UNREADABLE;
    struct rlimit stack;

    signal(SIGPIPE, SIG_IGN);
    if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur < wanted_stack) {
        stack.rlim_cur = stack.rlim_max < wanted_stack ? stack.rlim_max : wanted_stack;
        setrlimit(RLIMIT_STACK, &stack);
    }
    if (!good || help)
        fputs(help_text, good ? stdout : stderr);
    else
        status = ck_run(run, NULL);
    if (ck_message[0] != '\0')
        fprintf(status == CK_EXIT_REFUSED ? stdout : stderr, "%s\n", ck_message);
    /* a result that cannot be written was not given */
    if (!ferror(stdout) && fflush(stdout) != EOF) return status;
    fputs("cannot write the result\n", stderr);
    return CK_EXIT_UNREADABLE;
}
