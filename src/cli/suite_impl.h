/*
 * Internal to the suite: what its files share.
 */
#ifndef AON_CLI_SUITE_IMPL_H
#define AON_CLI_SUITE_IMPL_H

#include "cli/suite_search.h"

/* suite_runs.c */
/* "without inN", "" for the statement as it stands; in the arena. */
const char *aon_suite_variant_text(aon_cli *cli, const aon_variant *v);
/* Core and roots of a variant of statement i; the caller frees r->built. */
AON_NODISCARD aon_status aon_suite_prepare(aon_cli *cli, aon_suite_run *r,
                                           const aon_theory *t, size_t i,
                                           const aon_variant *v);
/* Does it speak of sampled instances? */
bool aon_suite_is_sampled(const aon_expect *e);
aon_suite_run *aon_suite_find_run(aon_suite_result *out, const char *variant);
/* Number of the conclusion, nshow if there is none of that name. */
size_t aon_suite_conclusion(const aon_core *c, const char *name);
/* out->run: the plain statement first, then every variant that needs sampling. */
AON_NODISCARD aon_status aon_suite_make_runs(aon_cli *cli, aon_suite_result *out,
                                             const aon_theory *t, size_t i,
                                             bool plain_only);

/* suite_sample.c */
/* AON_EXIT_OK, or AON_EXIT_RESOURCES if a witness could not be written. */
int aon_suite_sample(aon_cli *cli, aon_suite_run *r, const aon_suite_options *o);
/* First instance that violates (conclusion `because`, if named); SIZE_MAX: none. */
size_t aon_suite_first_violation(const aon_suite_run *r, const char *because);
const char *aon_suite_found_by_sampling(aon_cli *cli, const aon_suite_run *r,
                                        const char *because);
/* FOLDER/thm15-weaken-inN-WHICH */
char *aon_suite_file_name(aon_cli *cli, const aon_suite_run *r, const char *folder,
                          const char *which);

/* suite_judge.c */
void aon_suite_judge_sampled(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                             const aon_expect *e, const aon_suite_options *o);
/* AON_EXIT_OK, or AON_EXIT_RESOURCES if a witness could not be written. */
int aon_suite_judge_file(aon_cli *cli, aon_suite_line *l, const aon_theory *t, size_t i,
                         const aon_expect *e, const aon_suite_options *o);
/* The instance of a line and why it is as it is. */
void aon_suite_tell(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                    const aon_instance *in);

/* suite_scope.c: o->searches is there.  AON_EXIT_OK, or AON_EXIT_RESOURCES if a
 * certificate could not be written. */
int aon_suite_judge_none(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                         const aon_expect *e, const aon_suite_options *o);
int aon_suite_judge_sufficient(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                               const aon_suite_options *o);
/* After a refutation that is as expected: is its shape the first one?  Also for
 * o->searches NULL, to say that it was not looked at. */
void aon_suite_judge_minimal(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                             const aon_expect *e, const aon_suite_options *o);

/* suite_print.c: on stdout */
void aon_suite_print_table(const char *file, const aon_suite_result *r, size_t n);
void aon_suite_print_json(const char *file, const aon_suite_line *l, uint64_t seed);

#endif
