/* The small text picture of tokens: what stands where, for whatever a token is called. */
#include "report/report.h"
#include "unit/t.h"

#include "base/utf8.h"

static void
picture(aon_buf *out, const char *text)
{
    aon_instance *in = NULL;

    aon_buf_init(out);
    T_OK(aon_instance_read(&in, "t", text, strlen(text), NULL));
    aon_report_picture(out, in);
    aon_instance_free(in);
}

/* What stands at row `row` (0: the top), `right` of the axis. */
static bool
stands(const aon_buf *out, int row, int right, const char *what)
{
    const char *s = out->s;

    for (; row > 0 && s != NULL; row--)
        s = strchr(s, '\n') != NULL ? strchr(s, '\n') + 1 : NULL;
    return s != NULL && strncmp(s + 4 + 14 + right, what, strlen(what)) == 0;
}

TEST(tokens_stand_where_their_unembeddings_are)
{
    aon_buf out;

    picture(
        &out,
        "aoni 1\ntokens a b c\nbase a\nmodel m 2\ng a 0 0\ng b 2 2\ng c -2 0\nend\n");
    T_CHECK(stands(&out, 4, 0, "a"));
    T_CHECK(stands(&out, 0, 14, "b"));
    T_CHECK(stands(&out, 4, -14, "c-"));
    T_CHECK(strstr(out.s, "\n    tokens in m\n") != NULL);
    aon_buf_clear(&out);
}

TEST(a_token_is_shown_by_its_first_character)
{
    aon_buf out;

    picture(&out,
            "aoni 1\ntokens \xc3\xa9t\xc3\xa9 \xe2\x89\xa4 bc\nbase bc\nmodel m 1\n"
            "g \xc3\xa9t\xc3\xa9 1\ng \xe2\x89\xa4 1\ng bc 0\nend\n");
    T_EQ_INT(aon_utf8_valid_prefix(out.s, out.len), out.len);
    T_CHECK(stands(&out, 4, 0, "b----"));
    T_CHECK(stands(&out, 4, 14, "\xc3\xa9\xe2\x89\xa4\n"));
    aon_buf_clear(&out);
}
