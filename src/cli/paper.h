/*
 * Internal to cli/: --tex and --html of the commands that decide or show.
 *
 *   aon_cli_papers w;
 *   if (!aon_cli_papers_begin(&w, cli))     a usage error has been printed
 *       return AON_EXIT_USAGE;
 *   ... aon_cli_papers_add(&w, &part) ...
 *   code = aon_exit_worse(code, aon_cli_papers_end(&w));   or aon_cli_papers_drop(&w)
 */
#ifndef AON_CLI_PAPER_H
#define AON_CLI_PAPER_H

#include "cli/cli.h"
#include "report/paper.h"

typedef struct {
    aon_cli *cli;
    const char *tex, *html; /* where to, "-" for stdout; NULL: not asked for */
    bool standalone;
    bool to_stdout; /* stdout is taken: commands print nothing else there */
    size_t parts;
    aon_buf tex_text, html_text; /* the parts so far */
} aon_cli_papers;

/* title: of the HTML document; of a path, the last part.  A command that draws nothing
 * may skip the call if w is zeroed. */
bool aon_cli_papers_begin(aon_cli_papers *w, aon_cli *cli, const char *title);
void aon_cli_papers_add(aon_cli_papers *w, const aon_paper *part);
/* Nothing will be written. */
void aon_cli_papers_drop(aon_cli_papers *w);
/* Writes the files, beside and renamed; nothing if there is no part. */
int aon_cli_papers_end(aon_cli_papers *w);

#endif
