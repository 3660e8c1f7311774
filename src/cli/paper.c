/*
 * --tex and --html: documents written at the end of a run.
 */
#include "cli/paper.h"

#include "base/io.h"

#include <string.h>

bool
aon_cli_papers_begin(aon_cli_papers *w, aon_cli *cli, const char *title)
{
    const bool standalone = aon_cli_has(cli, AON_OPT_standalone);

    memset(w, 0, sizeof *w);
    w->cli = cli;
    w->tex = aon_cli_value(cli, AON_OPT_tex);
    w->html = aon_cli_value(cli, AON_OPT_html);
    w->standalone = standalone;
    if (standalone && w->tex == NULL) {
        (void)aon_cli_usage(cli,
                            "--standalone makes a document of --tex FILE: add that");
        return false;
    }
    for (int i = 0; i < 2; i++) {
        const char *path = i == 0 ? w->tex : w->html;

        if (path != NULL && *path == '\0') {
            (void)aon_cli_usage(cli, "--%s takes a file, or - for stdout",
                                i == 0 ? "tex" : "html");
            return false;
        }
        if (path == NULL || strcmp(path, "-") != 0)
            continue;
        if (w->to_stdout || cli->json) {
            (void)aon_cli_usage(cli,
                                "stdout can take one of --tex -, --html -, --json: "
                                "name a file for the others");
            return false;
        }
        w->to_stdout = true;
    }
    aon_buf_init(&w->tex_text);
    aon_buf_init(&w->html_text);
    if (w->tex != NULL)
        aon_paper_tex_begin(&w->tex_text, standalone);
    if (w->html != NULL)
        aon_paper_html_begin(&w->html_text, title);
    return true;
}

void
aon_cli_papers_add(aon_cli_papers *w, const aon_paper *part)
{
    w->parts++;
    if (w->tex != NULL) {
        if (w->parts > 1)
            aon_buf_putc(&w->tex_text, '\n');
        aon_paper_tex(&w->tex_text, part);
    }
    if (w->html != NULL)
        aon_paper_html(&w->html_text, part, w->parts);
}

static int
write_text(aon_cli *cli, const char *path, const aon_buf *text)
{
    if (strcmp(path, "-") == 0)
        aon_out(text->s, text->len);
    else if (aon_write_file(path, text->s, text->len, cli->diags) != AON_OK)
        return AON_EXIT_RESOURCES;
    return AON_EXIT_OK;
}

void
aon_cli_papers_drop(aon_cli_papers *w)
{
    aon_buf_clear(&w->html_text);
    aon_buf_clear(&w->tex_text);
}

int
aon_cli_papers_end(aon_cli_papers *w)
{
    int code = AON_EXIT_OK;

    if (w->tex != NULL && w->parts > 0) {
        aon_paper_tex_end(&w->tex_text, w->standalone);
        code = write_text(w->cli, w->tex, &w->tex_text);
    }
    if (w->html != NULL && w->parts > 0) {
        aon_paper_html_end(&w->html_text);
        code = aon_exit_worse(code, write_text(w->cli, w->html, &w->html_text));
    }
    if ((w->tex != NULL || w->html != NULL) && w->parts == 0)
        aon_cli_note(w->cli, "there is nothing to draw: no file is written");
    aon_cli_papers_drop(w);
    return code;
}
