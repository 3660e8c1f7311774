/*
 * aon find: the smallest instance that violates a statement, or none in scope.
 */
#include "base/io.h"
#include "base/stop.h"
#include "cli/find_kept.h"
#include "cli/find_random.h"
#include "cli/gallery.h"
#include "cli/paper.h"
#include "report/report.h"
#include "witness/witness.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A search and its documents. */
typedef struct {
    aon_target target; /* first: callbacks are given a pointer to it */
    aon_cli_papers papers;
    aon_find_kept kept;
} find_run;

static aon_cli_papers *
papers_of(aon_target *r)
{
    return &((find_run *)r)->papers;
}

static void
put_out(aon_target *r, const aon_buf *text)
{
    if (!papers_of(r)->to_stdout)
        aon_out(text->s, text->len);
}

/* Digits, and no others; false: the number is none, or too large. */
static bool
read_part(const char **s, uint32_t *out)
{
    const size_t len = strspn(*s, "0123456789");

    *out = len > 0 && len < 7 ? (uint32_t)strtoul(*s, NULL, 10) : 0;
    *s += len;
    return *out > 0;
}

static bool
read_shard(aon_target *r, aon_find_spec *spec)
{
    const char *s = aon_cli_value(r->cli, AON_OPT_shard);
    uint32_t i, n;

    if (s == NULL)
        return true;
    if (!read_part(&s, &i) || *s++ != '/' || !read_part(&s, &n) || *s != '\0' ||
        i > n || n > 100000) {
        r->code =
            aon_cli_usage(r->cli, "--shard takes I/N with 1 <= I <= N, N up to 100000");
        return false;
    }
    spec->shard = i - 1;
    spec->shards = n;
    return true;
}

static void
write_file(aon_target *r, const char *ending, const aon_buf *text)
{
    aon_target_write(
        r, aon_cli_printf(r->cli, "%s%s", aon_target_stem(r, &r->variant), ending),
        text);
}

static void
put_counts(aon_buf *out, const aon_find_result *f)
{
    aon_buf_printf(out,
                   "  %" PRIu64 " assignments, %" PRIu64 " orbits looked at, %" PRIu64
                   " applicable",
                   f->space, f->orbits, f->applicable);
    if (f->undecided > 0)
        aon_buf_printf(out, ", %" PRIu64 " undecided", f->undecided);
    aon_buf_putc(out, '\n');
    if (f->solved)
        aon_buf_puts(
            out,
            "  matrices too large for the grid were solved for over all rationals\n");
}

/* " in shard 1/2 from (1,2,1,3) on,": what is looked at; nothing if all scopes are. */
static void
put_part(const aon_target *r, aon_buf *out)
{
    const size_t before = out->len;

    aon_target_put_part(r, out);
    if (out->len > before)
        aon_buf_putc(out, ',');
}

/* What find knows beside the decision: members at the end of its object. */
static void
json_found(const aon_target *r, aon_buf *out, const aon_instance *in,
           const aon_find_hit *h)
{
    aon_buf text;

    aon_buf_init(&text);
    AON_ASSERT(out->len > 0 && out->s[out->len - 1] == '}');
    out->s[--out->len] = '\0';
    aon_buf_puts(out, ",\"find\":\"refuted\",\"shape\":");
    if (h != NULL)
        aon_target_json_shape(r, out, h->shape);
    else
        aon_buf_puts(out, "null");
    aon_target_json_part(r, out);
    if (r->because != NULL) {
        aon_buf_puts(out, ",\"because\":");
        aon_buf_put_json(out, r->because, strlen(r->because));
    }
    if (h != NULL)
        aon_buf_printf(out, ",\"undecided\":%" PRIu64, h->undecided);
    aon_instance_print(in, &text);
    aon_buf_puts(out, ",\"result\":");
    aon_buf_put_json(out, text.s, text.len);
    aon_buf_puts(out, "}");
    aon_buf_clear(&text);
}

/* A counterexample: `how` it was found, in words; `ending` of its file names; h, if the
 * search found it. */
static void
show_found(aon_target *r, const aon_instance *in, const aon_find_hit *h,
           const char *how, const char *ending)
{
    aon_report_names names;
    aon_decision *d = NULL;
    aon_buf out, text;

    aon_buf_init(&out);
    aon_buf_init(&text);
    AON_ASSERT(aon_decide(&d, r->core, r->root, in, NULL, r->cli->diags) == AON_OK);
    aon_cli_names(r->cli, &names, r->t, r->core);
    if (r->cli->json) {
        aon_report_json_decision(&out, d, r->core, &r->variant, "found", &names);
        json_found(r, &out, in, h);
        aon_buf_putc(&out, '\n');
    } else {
        aon_target_put_name(r, &out, &r->variant);
        aon_buf_puts(&out, "refuted");
        aon_target_put_because(r, &out);
        aon_buf_printf(&out, ", %s: ", how);
        aon_report_verdict(&out, d, r->core);
        aon_buf_putc(&out, '\n');
        if (!r->cli->quiet) {
            aon_report_instance(&out, in);
            aon_report_why(&out, d, r->core, &names);
        }
    }
    put_out(r, &out);
    if (r->output != NULL) {
        aon_witness_print(&text, d, r->core, &r->variant, in);
        write_file(r, aon_cli_printf(r->cli, "%s.aonw", ending), &text);
        aon_buf_reset(&text);
        aon_instance_print(in, &text);
        write_file(r, aon_cli_printf(r->cli, "%s.aoni", ending), &text);
    }
    aon_cli_papers_add(papers_of(r),
                       &(aon_paper){r->core, d, &r->variant, in, NULL, &names});
    aon_cli_names_clear(&names);
    aon_decision_free(d);
    aon_buf_clear(&text);
    aon_buf_clear(&out);
}

static void
show_hit(void *arg, const aon_find_hit *h, size_t i)
{
    aon_target *r = arg;
    aon_buf how;

    aon_buf_init(&how);
    aon_buf_puts(&how, i == 0 ? "smallest" : "minimal");
    if (h->undecided > 0)
        aon_buf_printf(&how, " but for %" PRIu64 " undecided", h->undecided);
    put_part(r, &how);
    aon_buf_putc(&how, ' ');
    aon_target_put_shape(r, &how, h->shape);
    show_found(r, h->in, h, how.s, i == 0 ? "" : aon_cli_printf(r->cli, "-%zu", i + 1));
    aon_buf_clear(&how);
}

/* What is said where something is left open, or nothing was found. */
static void
put_words(const aon_target *r, aon_buf *out, const aon_find_result *f)
{
    const char *so_far = f->nhit > 0 ? "there may be others" : "none found";

    if (f->outcome == AON_FIND_VACUOUS) {
        aon_buf_puts(out, "vacuous: no instance in scope satisfies the hypotheses;");
        return;
    }
    if (f->cut_short)
        aon_buf_printf(out, "%s, ",
                       f->interrupted ? "interrupted" : "stopped at the limit");
    aon_buf_puts(out, f->outcome == AON_FIND_NONE ? "none in scope" : so_far);
    aon_target_put_because(r, out);
    if (f->cut_short)
        aon_buf_putc(out, ';');
    else if (f->outcome != AON_FIND_NONE)
        aon_buf_puts(out, ", some undecided;");
}

static void
json_none(aon_target *r, aon_buf *out, const aon_find_result *f)
{
    static const char *const word[] = {"refuted", "none in scope", "vacuous",
                                       "undecided", "limit"};

    aon_buf_puts(out, "{\"schema\":1,\"statement\":");
    aon_buf_put_json(out, r->core->name, strlen(r->core->name));
    aon_target_json_variant(r, out);
    aon_buf_printf(out, ",\"find\":\"%s\",\"max\":",
                   f->interrupted ? "interrupted"
                   : f->cut_short ? "limit"
                   : f->nhit > 0  ? "undecided"
                                  : word[f->outcome]);
    aon_target_json_shape(r, out, f->max);
    aon_target_json_part(r, out);
    if (f->nhit > 0)
        aon_buf_printf(out, ",\"found\":%zu", f->nhit);
    aon_buf_printf(out,
                   ",\"scopes\":%zu,\"scopes done\":%zu,\"assignments\":%" PRIu64
                   ",\"orbits\":%" PRIu64 ",\"applicable\":%" PRIu64
                   ",\"undecided\":%" PRIu64 ",\"solved\":%s}\n",
                   f->cells, f->next_cell, f->space, f->orbits, f->applicable,
                   f->undecided, f->solved ? "true" : "false");
}

static void
text_none(aon_target *r, aon_buf *out, const aon_find_result *f)
{
    aon_target_put_name(r, out, &r->variant);
    put_words(r, out, f);
    put_part(r, out);
    aon_buf_puts(out, f->outcome == AON_FIND_NONE ? " " : " up to ");
    aon_target_put_shape(r, out, f->max);
    aon_buf_putc(out, '\n');
    if (f->cut_short)
        aon_buf_printf(out, "  %zu of %zu scopes done%s\n", f->next_cell, f->cells,
                       f->too_large ? "; the next one is too large" : "");
    if (!r->cli->quiet)
        put_counts(out, f);
}

/* Nothing was found, or not all is known. */
static void
show_rest(aon_target *r, const aon_find_result *f)
{
    aon_buf out;

    aon_buf_init(&out);
    if (r->cli->json)
        json_none(r, &out, f);
    else
        text_none(r, &out, f);
    put_out(r, &out);
    aon_buf_clear(&out);
    if (r->output != NULL && f->certificate.len > 0)
        write_file(r, ".aonc", &f->certificate);
    else if (r->output != NULL && f->outcome == AON_FIND_NONE)
        aon_cli_note(r->cli, "there is no certificate: %s", f->no_certificate);
}

static void
print_progress(void *arg, const char *line)
{
    (void)arg;
    fprintf(stderr, "%s\n", line);
}

/* Shapes may be left that are minimal, too: only --all asks for them. */
static bool
leaves_some(const find_run *run, const aon_find_result *f)
{
    return aon_cli_has(run->target.cli, AON_OPT_all) && (f->cut_short || f->open > 0);
}

static int
code_of(const find_run *run, const aon_find_result *f)
{
    switch (f->outcome) {
    case AON_FIND_FOUND:
        return leaves_some(run, f) ? AON_EXIT_UNDECIDED : AON_EXIT_OK;
    case AON_FIND_NONE:
        return AON_EXIT_NOT;
    case AON_FIND_VACUOUS:
        return AON_EXIT_VACUOUS;
    default:
        return AON_EXIT_UNDECIDED;
    }
}

/* Known instances beside the theorem file, and the first that violates the statement. */
typedef struct {
    aon_gallery gallery;
    const aon_gallery_item *hit; /* or NULL */
    size_t fit;
} known;

/* The folder of the theorem file with its slash; "" for this one. */
static const char *
folder_of(aon_target *r)
{
    const char *slash = strrchr(r->cli->arg[0], '/');

    return slash == NULL
               ? ""
               : aon_cli_printf(r->cli, "%.*s", (int)(slash + 1 - r->cli->arg[0]),
                                r->cli->arg[0]);
}

/* A file of the gallery that cannot be read is said, and does not stop the search. */
static void
replay_known(aon_target *r, const aon_find_spec *spec, known *k)
{
    (void)aon_gallery_open(r->cli, &k->gallery, folder_of(r), r->t);
    k->fit = 0;
    k->hit = aon_gallery_refute(r->cli, &k->gallery, r->core, r->root, spec->because,
                                &k->fit);
}

/* The ladder has found nothing: known instances, then random ones beyond it. */
static void
go_beyond(aon_target *r, const aon_find_spec *spec, const known *k, size_t count,
          uint64_t seed)
{
    aon_random_result f = {.seed = seed};
    aon_buf out;

    if (k->hit == NULL)
        aon_find_random(&f, r, spec->because, count, seed, spec->jobs);
    if (k->hit != NULL) {
        show_found(r, k->hit->in, NULL,
                   aon_cli_printf(r->cli, "not the smallest: from the gallery, %s",
                                  k->hit->name),
                   "-known");
        r->code = AON_EXIT_OK;
    } else if (f.hit != NULL) {
        show_found(r, f.hit, NULL,
                   aon_cli_printf(
                       r->cli, "not the smallest: random instance %zu of seed %" PRIu64,
                       f.index, seed),
                   "-random");
        r->code = AON_EXIT_OK;
    } else if (!r->cli->quiet && !r->cli->json) {
        aon_buf_init(&out);
        aon_buf_printf(&out,
                       "  beyond: %zu known instances, %zu random ones of seed %" PRIu64
                       " with %zu applicable, none violated",
                       k->fit, f.trials, seed, f.applicable);
        if (f.undecided > 0)
            aon_buf_printf(&out, ", %zu undecided", f.undecided);
        aon_buf_putc(&out, '\n');
        put_out(r, &out);
        aon_buf_clear(&out);
    }
    aon_random_result_clear(&f);
}

static void
climb(aon_target *r, aon_find_spec *spec, const known *k, size_t count, uint64_t seed)
{
    find_run *run = (find_run *)r;
    aon_find_result f;
    int code;

    if (aon_find(&f, spec, r->cli->diags) != AON_OK) {
        r->code = AON_EXIT_INPUT;
    } else {
        code = code_of(run, &f);
        if (f.nhit == 0 || leaves_some(run, &f))
            show_rest(r, &f);
        r->code = r->code == AON_EXIT_OK ? code : r->code;
        if (f.nhit == 0 && r->code == code && spec->shards <= 1)
            go_beyond(r, spec, k, f.interrupted ? 0 : count, seed);
        aon_find_tell_end(&run->kept, &f);
    }
    aon_find_result_clear(&f);
}

static void
search(aon_target *r, aon_find_spec *spec)
{
    uint64_t count, seed;
    known k;

    if (!aon_cli_number(r->cli, AON_OPT_count, 200, 0, 1000000, &count) ||
        !aon_cli_number(r->cli, AON_OPT_seed, 1, 0, UINT64_MAX, &seed)) {
        r->code = AON_EXIT_USAGE;
        return;
    }
    replay_known(r, spec, &k);
    climb(r, spec, &k, count, seed);
    aon_gallery_close(&k.gallery);
}

static void
keep_state(void *arg, const char *state)
{
    aon_find_keep(&((find_run *)arg)->kept, state);
}

static void
prepare_and_search(aon_target *r)
{
    find_run *run = (find_run *)r;
    aon_find_spec spec = {.core = r->core, .root = r->root, .variant = &r->variant};
    const char *from = aon_cli_value(r->cli, AON_OPT_resume);
    aon_buf state;

    if (!aon_target_bound(r, &spec) || !read_shard(r, &spec))
        return;
    spec.all_minimal = aon_cli_has(r->cli, AON_OPT_all);
    spec.no_symmetry = aon_cli_has(r->cli, AON_OPT_no_symmetry);
    spec.skip = r->output == NULL;
    spec.certificate = r->output != NULL;
    if (!r->cli->quiet &&
        (isatty(STDERR_FILENO) || aon_cli_has(r->cli, AON_OPT_verbose)))
        spec.progress = print_progress;
    spec.hit = show_hit;
    spec.arg = r;
    spec.checkpoint = r->output != NULL ? keep_state : NULL;
    if (!aon_find_kept_open(&run->kept, r))
        return;
    aon_buf_init(&state);
    if (from != NULL && aon_read_file(from, &state, r->cli->diags) != AON_OK)
        r->code = AON_EXIT_INPUT;
    spec.resume = from != NULL ? state.s : NULL;
    if (r->code == AON_EXIT_OK)
        search(r, &spec);
    aon_buf_clear(&state);
}

int
aon_cmd_find(aon_cli *cli)
{
    find_run run = {.kept = {.finished = false}};
    aon_target *r = &run.target;

    if (!aon_cli_papers_begin(&run.papers, cli, cli->narg > 0 ? cli->arg[0] : ""))
        return AON_EXIT_USAGE;
    aon_target_open(r, cli);
    aon_stop_catch();
    if (r->code == AON_EXIT_OK)
        prepare_and_search(r);
    if (r->code == AON_EXIT_USAGE || r->code == AON_EXIT_INPUT)
        aon_cli_papers_drop(&run.papers);
    else
        r->code = aon_exit_worse(r->code, aon_cli_papers_end(&run.papers));
    aon_find_kept_close(&run.kept);
    aon_target_close(r);
    return r->code;
}
