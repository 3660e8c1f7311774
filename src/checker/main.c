/* aonck: reads a theorem file and a witness, accepts or refuses. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "check.h"

enum { MAX_ARGS = 64 };
static const size_t max_witness = (size_t)1 << 30;

typedef struct {
    const char *file[2]; /* theorem, witness */
    const char *libdir[MAX_ARGS], *drop[MAX_ARGS];
    long nfiles, nlibdirs, ndrops;
    bool core, help, bad;
} options;

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

static options read_options(int argc, char **argv) {
    options o = {.bad = argc > MAX_ARGS};
    bool plain = false;

    for (int i = 1; i < argc && !o.bad; i++) {
        const char *a = argv[i];

        if (plain || a[0] != '-' || a[1] == '\0') {
            o.bad = o.nfiles == 2;
            o.file[o.bad ? 0 : o.nfiles++] = a;
        } else if (strcmp(a, "--") == 0)
            plain = true;
        else if (strcmp(a, "--lib") == 0 && i + 1 < argc)
            o.libdir[o.nlibdirs++] = argv[++i];
        else if (strcmp(a, "--drop") == 0 && i + 1 < argc)
            o.drop[o.ndrops++] = argv[++i];
        else if (strcmp(a, "--core") == 0)
            o.core = true;
        else if (strcmp(a, "--help") == 0)
            o.help = true;
        else
            o.bad = strcmp(a, "--quiet") != 0; /* there is one line anyway */
    }
    o.bad = o.bad || (!o.help && o.nfiles != (o.core ? 1 : 2));
    return o;
}

static int run(void *arg) {
    options *o = arg;
    ck_program p;
    ck_text out = {0};
    char *witness;
    size_t len;
    int status = CK_EXIT_ACCEPTED;

    ck_program_read(&p, o->file[0], o->libdir, o->nlibdirs);
    if (o->core) {
        ck_core_text(&out, &p, o->drop, o->ndrops);
    } else {
        witness = ck_read_file(o->file[1], max_witness, &len);
        if (witness == NULL || len > max_witness)
            ck_stop(CK_EXIT_UNREADABLE, "cannot read %s, or it is too large", o->file[1]);
        status =
            ck_check(&p, witness, len, &out) == CK_ACCEPTED ? CK_EXIT_ACCEPTED : CK_EXIT_REFUSED;
    }
    fputs(out.s, stdout);
    return status;
}

int main(int argc, char **argv) {
    options o = read_options(argc, argv);
    struct rlimit stack;
    int status = CK_EXIT_ACCEPTED;

    signal(SIGPIPE, SIG_IGN);
    if (getrlimit(RLIMIT_STACK, &stack) == 0) {
        rlim_t wish = (rlim_t)64 << 20; /* trees are deep */

        if (stack.rlim_cur != RLIM_INFINITY && stack.rlim_cur < wish)
            stack.rlim_cur = stack.rlim_max < wish ? stack.rlim_max : wish;
        setrlimit(RLIMIT_STACK, &stack);
    }
    if (o.bad || o.help)
        fputs(help_text, o.bad ? stderr : stdout);
    else
        status = ck_run(run, &o);
    if (status == CK_EXIT_UNREADABLE) fprintf(stderr, "%s\n", ck_message);
    if (status == CK_EXIT_REFUSED) puts(ck_message);
    /* a result that cannot be written was not given */
    if (ferror(stdout) || fflush(stdout) == EOF) {
        fputs("cannot write the result\n", stderr);
        return CK_EXIT_UNREADABLE;
    }
    return o.bad ? CK_EXIT_UNREADABLE : status;
}
