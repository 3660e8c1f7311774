/* The checker accepts a small witness made by hand and names what is wrong with others. */
#include "check.h"
#include "unit/t.h"

static const char theorem[] =
    "statement s\n"
    "given d in dim   given u in vector(d)   given S in subspace(d)\n"
    "assume h: u in S weaken 1 = 1\n"
    "show c: exists v in S: v = u\n"
    "show n: not (exists t in scalar: t = 1 and t = 2)\n"
    "show p: u = 0 or 1 = 1\n"
    "show o: not all(d) <= S\n"
    "show k: dim(perp(S)) = 1\n"
    "show j: proj(S)*u = u\n"
    "show f: not (exists t in scalar: t = 1 and t != 1)\n"
    "show e: not (exists a, b in scalar: a = 2 and a*b = 4 and b != 2)\n";

static const char witness[] =
    "aonw 1\nstatement s\n"
    "aoni 1\ntokens a\nbase a\nvector u 2\nrow 2 0\nsubspace S 2\ngen 1 0\nend\n"
    "verdict holds\n"
    "assume h true\n"
    "basis %1\ncols 0\nr 1 1 1 1\nminor 1 1 7 rows 0 cols 0 x 1\n"
    "in %2\nx 1 1 1 2\n"
    "show c true\nvalue %7\nv 1 1 1 2\n"
    "show n true\nrefute %13\nbranches 1\nbranch 0\ncontradiction\ny 0:0=1 1:0=-1\n"
    "show p true\npick %16\ni 1\n"
    "show o true\nout %18\ny 1 2 1 0 1\n"
    "show k true\nkernel %24\nk 2 1 1 0 1\n"
    "cminor 1 1 5 rows 0 cols 0 x 1\nkminor 1 1 5 rows 1 cols 0 x 1\n"
    "basis %24\ncols 0\nr 1 1 1 1\nminor 1 1 3 rows 1 cols 0 x 1\n"
    "show j true\nproj %27\nz 1 1 2 4\n"
    "show f true\nrefute %31\nbranches 1\nbranch 0\nforced 1\ny 0:0=1\n"
    "show e true\nrefute %42\nbranches 1\nbranch 0\n"
    "entail 0 %33\nvalue 1 1 1 2\ny 0:0=1\nforced 2\ny 1:0=1/2\n"
    "end\n";

static ck_text changed, said;

static int
check_changed(void *arg)
{
    const char *path = "checker_check_test.aon";
    FILE *f = fopen(path, "wb");
    ck_program p;

    CK_ASSERT(f != NULL);
    fputs(theorem, f);
    fclose(f);
    ck_program_read(&p, path, NULL, 0);
    said = (ck_text){0};
    if (ck_check(&p, changed.s, changed.n, &said) != CK_ACCEPTED)
        return CK_EXIT_REFUSED;
    strcpy(arg, said.s);
    return CK_EXIT_ACCEPTED;
}

/* The witness with the first `from` behind the first `where` replaced. */
static int
check_with(const char *where, const char *from, const char *to)
{
    static char buffer[sizeof witness + 200], result[400];
    const char *at = strstr(witness, where);
    int status;

    at = at != NULL ? strstr(at, from) : NULL;
    if (!T_CHECK(at != NULL))
        return -1;
    changed.s = buffer;
    changed.n = (size_t)snprintf(buffer, sizeof buffer, "%.*s%s%s", (int)(at - witness),
                                 witness, to, at + strlen(from));
    status = ck_run(check_changed, result);
    T_CHECK((status == CK_EXIT_ACCEPTED) == (ck_message[0] == '\0'));
    if (status == CK_EXIT_ACCEPTED)
        T_CHECK(strncmp(result, "accepted: statement s", 21) == 0);
    return status;
}

TEST(the_witness_is_accepted)
{
    T_EQ_INT(check_with("aonw", "aonw", "aonw"), CK_EXIT_ACCEPTED);
    if (ck_message[0] != '\0')
        printf("%s\n", ck_message);
}

TEST(another_modulus_is_as_good)
{
    T_EQ_INT(check_with("basis %1\n", " 7 ", " 11 "), CK_EXIT_ACCEPTED);
}

TEST(each_flaw_is_refused_under_its_name)
{
    static const char *const flaws[][4] = {
        {"aonw", "aonw 1", "aonw 2", "[syntax]"},
        {"statement s\n", "statement s\n", "statement s\nwithout c\n", "[variant]"},
        {"statement s\n", "statement s\n", "statement s\ndrop D.l\n", "[variant]"},
        {"row", "row 2 0", "row 4/2 0", "[instance]"},
        {"row", "row 2 0", "row 2", "[instance]"},
        {"gen", "gen 1 0", "gen 1 0 0", "[instance]"},
        {"vector", "vector u", "vector w", "[instance]"},
        {"verdict", "holds", "violated c", "[verdict]"},
        {"assume", "assume h", "assume g", "[claims]"},
        {"show c", "show c", "show n", "[claims]"},
        {"assume h", "true", "false", "[fact-order]"},
        {"basis", "%1\n", "%2\n", "[fact-order]"},
        {"basis", "cols 0", "cols 1", "[basis-cols]"},
        {"basis", "r 1 1 1 1", "r 1 2 1 1 0", "[basis-shape]"},
        {"basis", "r 1 1 1 1", "r 1 1 2 1", "[basis-span]"},
        {"basis", "minor 1 1 7 rows 0 cols 0 x 1", "minor 0 1 7 rows cols x",
         "[basis-minor-size]"},
        {"basis", "rows 0", "rows 2", "[minor-index]"},
        {"basis", "minor 1 1", "minor 1 0", "[minor-scale]"},
        {"basis", "1 7 rows", "1 1 rows", "[minor-modulus]"},
        {"basis", "x 1\n", "x 2\n", "[minor-inverse]"},
        {"in %2", "x 1 1 1 2", "x 1 1 1 3", "[in-product]"},
        {"in %2", "x 1 1 1 2", "x 2 1 1 2 0", "[in-shape]"},
        {"in %2", "x 1 1 1 2", "x 1 1 0 2", "[syntax]"},
        {"value %7", "v 1 1 1 2", "v 1 1 1 3", "[compare]"},
        {"value %7", "v 1 1 1 2", "v 2 1 1 2 0", "[value-shape]"},
        {"branches", "branches 1", "branches 2", "[branch-count]"},
        {"branch 0", "branch 0", "branch 1", "[branch-order]"},
        {"contradiction", "1:0=-1", "1:0=-2", "[contradiction]"},
        {"contradiction", "y 0:0=1 1:0=-1", "y 1:0=-1 0:0=1", "[comb-order]"},
        {"contradiction", "0:0=1", "0:0=0", "[comb-order]"},
        {"contradiction", "0:0=1", "7:0=1", "[comb-index]"},
        {"contradiction", "1:0=-1", "1:1=-1", "[comb-index]"},
        {"contradiction", "1:0=-1", "7:0=-1", "[comb-index]"},
        {"pick", "i 1", "i 2", "[pick-range]"},
        {"pick", "i 1", "i 0", "[compare]"},
        {"out", "y 1 2 1 0 1", "y 1 2 1 1 1", "[out-annihilates]"},
        {"out", "y 1 2 1 0 1", "y 1 2 1 0 0", "[out-separates]"},
        {"out", "y 1 2 1 0 1", "y 1 3 1 0 1 0", "[out-shape]"},
        {"kernel", "k 2 1 1 0 1", "k 2 1 1 1 0", "[kernel-null]"},
        {"kernel", "k 2 1 1 0 1", "k 3 1 1 0 1 0", "[kernel-shape]"},
        {"kernel", "cminor 1 1 5 rows 0 cols 0 x 1", "cminor 0 1 5 rows cols x",
         "[kernel-dimension]"},
        {"kernel", "kminor 1 1 5 rows 1", "kminor 1 1 5 rows 0", "[minor-inverse]"},
        {"proj", "z 1 1 2 4", "z 1 1 2 3", "[proj-normal]"},
        {"proj", "z 1 1 2 4", "z 1 2 2 4 4", "[proj-shape]"},
        {"show f", "forced 1", "forced 0", "[forced-literal]"},
        {"show f", "y 0:0=1", "y 0:0=2", "[forced-comb]"},
        {"show f", "forced 1\ny 0:0=1", "false 1", "[false-literal]"},
        {"entail", "0 %33", "1 %36", "[entail-key]"},
        {"entail", "0 %33", "0 %8", "[entail-key]"},
        {"entail", "value 1 1 1 2", "value 1 1 1 3", "[entail-comb]"},
        {"entail", "value 1 1 1 2", "value 2 1 1 2 0", "[entail-shape]"},
        {"entail", "1:0=1/2", "1:0=1/3", "[forced-comb]"},
        {"1/2\nend", "end\n", "end\nend\n", "[trailing]"},
        {"1/2\nend", "end\n", "", "[truncated]"},
    };

    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
        T_EQ_INT(check_with(flaws[i][0], flaws[i][1], flaws[i][2]), CK_EXIT_REFUSED);
        if (!T_CHECK(strstr(ck_message, flaws[i][3]) != NULL))
            printf("wanted %s: %s\n", flaws[i][3], ck_message);
    }
}

TEST(every_truncation_is_refused)
{
    static char buffer[sizeof witness], result[400];

    for (size_t n = 0; n + 1 < sizeof witness; n++) {
        memcpy(buffer, witness, n);
        changed = (ck_text){buffer, n};
        if (!T_CHECK(ck_run(check_changed, result) != CK_EXIT_ACCEPTED))
            printf("accepted after %zu bytes\n", n);
    }
}

TEST(no_memory_is_no_acceptance)
{
    static char result[400];
    int seen[3] = {0};

    changed = (ck_text){(char *)(uintptr_t)witness, sizeof witness - 1};
    for (size_t limit = 1000; limit < 400000; limit += 3000) {
        int status;

        ck_set_memory_limit(limit);
        status = ck_run(check_changed, result);
        T_CHECK(status == CK_EXIT_UNREADABLE || status == CK_EXIT_ACCEPTED);
        seen[status]++;
    }
    T_CHECK(seen[CK_EXIT_UNREADABLE] > 0 && seen[CK_EXIT_ACCEPTED] > 0);
    ck_set_memory_limit((size_t)4 << 30);
}
