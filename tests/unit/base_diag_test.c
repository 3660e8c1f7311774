#include "unit/t.h"

#include "base/buf.h"
#include "base/diag.h"

static aon_source
source(const char *text)
{
    return (aon_source){.name = "f.aon", .text = text, .len = strlen(text)};
}

/* Span of the first occurrence of `part`. */
static aon_span
find(const aon_source *src, const char *part)
{
    size_t at = (size_t)(strstr(src->text, part) - src->text);

    return (aon_span){src, at, at + strlen(part)};
}

static void
check_printed(const aon_diags *d, const char *wanted)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_diags_print(d, &b, false);
    T_EQ_STR(b.s, wanted);
    aon_buf_clear(&b);
}

static void
check_one(const char *text, aon_span where, const char *wanted)
{
    aon_source src = source(text);
    aon_diags *d = aon_diags_new();

    where.src = &src;
    T_EQ_INT(aon_diag(d, AON_SEV_ERROR, where, "s", NULL, "m"), AON_EINPUT);
    check_printed(d, wanted);
    aon_diags_free(d);
}

TEST(format_is_as_documented)
{
    aon_source src = source("# a line\nassume rank(F * G) = 2\n");
    aon_diags *d = aon_diags_new();

    T_EQ_INT(aon_diag(d, AON_SEV_ERROR, find(&src, "F * G"), "shape",
                      "did you mean `F * tr(G)`?", "cannot multiply F (%d x %d)", 3, 2),
             AON_EINPUT);
    aon_diag_note(d, find(&src, "rank"), "in the expansion of %s", "rank");
    T_EQ_INT(aon_diag(d, AON_SEV_WARNING, (aon_span){0}, "io", NULL, "no place"),
             AON_OK);
    check_printed(d, "f.aon:2:13: error: cannot multiply F (3 x 2) [shape]\n"
                     "    assume rank(F * G) = 2\n"
                     "                ^~~~~\n"
                     "    hint: did you mean `F * tr(G)`?\n"
                     "f.aon:2:8: note: in the expansion of rank\n"
                     "    assume rank(F * G) = 2\n"
                     "           ^~~~\n"
                     "warning: no place [io]\n");
    T_EQ_INT(aon_diags_errors(d), 1);
    T_EQ_INT(aon_diags_warnings(d), 1);
    T_EQ_STR(aon_diags_slug(d, 0), "shape");
    T_EQ_INT(aon_diags_line(d, 0), 2);
    T_EQ_STR(aon_diags_slug(d, 1), NULL);
    T_EQ_INT(aon_diags_line(d, 1), 0);
    aon_diags_free(d);
    aon_diags_free(NULL);
}

TEST(source_may_be_gone_when_printed)
{
    aon_diags *d = aon_diags_new();
    char *text = strdup("abc def"), *hint = strdup("try it");
    aon_source src = source(text);

    aon_diag(d, AON_SEV_ERROR, find(&src, "def"), "x", hint, "%s", text);
    free(text);
    free(hint);
    memset(&src, 0, sizeof src);
    check_printed(d, "f.aon:1:5: error: abc def [x]\n"
                     "    abc def\n"
                     "        ^~~\n"
                     "    hint: try it\n");
    aon_diags_free(d);
}

TEST(caret_stands_under_tabs_and_wide_characters)
{
    /* Tabs are echoed, so the caret lines up for any tab width. */
    check_one("\ta\tbcd", (aon_span){NULL, 3, 5},
              "f.aon:1:4: error: m [s]\n    \ta\tbcd\n    \t \t^~\n");
    /* Gamma and U+1D538: 2 and 4 bytes, one column each. */
    check_one("\xce\x93\xf0\x9d\x94\xb8 = x", (aon_span){NULL, 9, 10},
              "f.aon:1:6: error: m [s]\n"
              "    \xce\x93\xf0\x9d\x94\xb8 = x\n"
              "         ^\n");
    check_one("a \xe2\x89\xa4\xe2\x89\xa4 b", (aon_span){NULL, 2, 8},
              "f.aon:1:3: error: m [s]\n    a \xe2\x89\xa4\xe2\x89\xa4 b\n      ^~\n");
    /* Inside a character: its own column. */
    check_one("a\xe2\x89\xa4z", (aon_span){NULL, 3, 4},
              "f.aon:1:2: error: m [s]\n    a\xe2\x89\xa4z\n     ^\n");
}

TEST(what_a_terminal_would_obey_is_spelt_out)
{
    check_one("a\x1b[31m\xff!", (aon_span){NULL, 7, 8},
              "f.aon:1:8: error: m [s]\n    a\\x1B[31m\\xFF!\n                 ^\n");
    check_one("\xff\xff", (aon_span){NULL, 1, 2},
              "f.aon:1:2: error: m [s]\n    \\xFF\\xFF\n        ^~~~\n");
    /* U+202E turns the text behind it around. */
    check_one("\xe2\x80\xae!", (aon_span){NULL, 3, 4},
              "f.aon:1:2: error: m [s]\n    \\xE2\\x80\\xAE!\n                ^\n");
    aon_source src = {.name = "a\nb", .text = "x", .len = 1};
    aon_diags *d = aon_diags_new();

    aon_diag(d, AON_SEV_ERROR, (aon_span){&src, 0, 1}, "s", "one\ntwo\x07", "%s",
             "m\n\x1b[0m\xc3");
    check_printed(d, "a\\x0Ab:1:1: error: m\\x0A\\x1B[0m\\xC3 [s]\n"
                     "    x\n    ^\n    hint: one\n          two\\x07\n");
    aon_diags_free(d);
}

TEST(line_ends_and_ends_of_files)
{
    check_one("ab\r\ncd\r\n", (aon_span){NULL, 4, 6},
              "f.aon:2:1: error: m [s]\n    cd\n    ^~\n");
    check_one("ab\n", (aon_span){NULL, 2, 2},
              "f.aon:1:3: error: m [s]\n    ab\n      ^\n");
    check_one("ab\n", (aon_span){NULL, 3, 3}, "f.aon:2:1: error: m [s]\n");
    check_one("ab", (aon_span){NULL, 99, 99},
              "f.aon:1:3: error: m [s]\n    ab\n      ^\n");
    check_one("", (aon_span){NULL, 0, 0}, "f.aon:1:1: error: m [s]\n");
    /* Over several lines: to the end of the first. */
    check_one("f(a,\nb)", (aon_span){NULL, 1, 7},
              "f.aon:1:2: error: m [s]\n    f(a,\n     ^~~\n");
    check_one("a\n\n\n b", (aon_span){NULL, 5, 6},
              "f.aon:4:2: error: m [s]\n     b\n     ^\n");
}

/* The text line and the caret line of what was printed. */
static void
split(const char *printed, const char **text, size_t *text_len, size_t *caret)
{
    *text = strchr(printed, '\n') + 1;
    *text_len = strcspn(*text, "\n");
    *caret = strcspn(*text + *text_len + 1, "^");
}

TEST(long_lines_are_cut_around_the_caret)
{
    T_FOR (400) {
        size_t len = 161 + t_below(400), at = t_below(len + 1), text_len, caret;
        char *s = malloc(len + 1);
        aon_diags *d = aon_diags_new();
        aon_source src;
        const char *text;
        aon_buf b;

        memset(s, 'a', len);
        s[len] = '\0';
        for (size_t i = 0; i + 3 < len; i += 3 + t_below(9)) {
            if (t_round % 2 == 0)
                memcpy(s + i, "\xe2\x89\xa4", 3);
        }
        while (at < len && ((unsigned char)s[at] & 0xc0) == 0x80)
            at--;
        if (at < len && t_round % 2 == 1)
            s[at] = '!';
        src = source(s);
        aon_diag(d, AON_SEV_ERROR, (aon_span){&src, at, at + 1}, "s", NULL, "m");
        aon_buf_init(&b);
        aon_diags_print(d, &b, false);
        split(b.s, &text, &text_len, &caret);
        T_CHECK(text_len <= 4 + 3 + 160 + 3);
        T_CHECK(text_len >= 4 + 3 + 150);
        T_CHECK(strstr(b.s, "...") != NULL);
        if (t_round % 2 == 1 && at < len)
            T_CHECK(text[caret] == '!');
        aon_buf_clear(&b);
        aon_diags_free(d);
        free(s);
    }
}

TEST(only_twenty_errors_are_kept)
{
    aon_source src = source("a\nb\n");
    aon_diags *d = aon_diags_new();
    aon_buf b;

    for (size_t i = 0; i < 25; i++)
        aon_diag(d, AON_SEV_ERROR, (aon_span){&src, i % 2 * 2, 1}, "s", NULL, "m%zu",
                 i);
    aon_diag_note(d, (aon_span){0}, "belongs to an error that was dropped");
    T_EQ_INT(aon_diags_errors(d), 25);
    T_EQ_INT(aon_diags_line(d, 19), 2);
    T_EQ_STR(aon_diags_slug(d, 20), NULL);
    aon_diag(d, AON_SEV_WARNING, (aon_span){0}, "w", NULL, "still kept");
    aon_buf_init(&b);
    aon_diags_print(d, &b, false);
    T_CHECK(strstr(b.s, "m19") != NULL && strstr(b.s, "m20") == NULL);
    T_CHECK(strstr(b.s, "dropped") == NULL);
    T_CHECK(strstr(b.s, "still kept") != NULL);
    T_CHECK(strstr(b.s, "\n5 more errors not shown\n") != NULL);
    aon_buf_clear(&b);
    aon_diags_free(d);
}

TEST(huge_messages_are_cut)
{
    aon_diags *d = aon_diags_new();
    char *s = malloc(100001);
    aon_buf b;

    memset(s, 'x', 100000);
    s[100000] = '\0';
    aon_diag(d, AON_SEV_ERROR, (aon_span){0}, "s", s, "%s", s);
    aon_buf_init(&b);
    aon_diags_print(d, &b, false);
    T_CHECK(b.len < 2100 && strstr(b.s, "x... [s]") != NULL);
    aon_buf_clear(&b);
    free(s);
    aon_diags_free(d);
}

TEST(colour_adds_nothing_but_escapes)
{
    aon_source src = source("abc");
    aon_diags *d = aon_diags_new();
    aon_buf plain, colour, stripped;

    aon_diag(d, AON_SEV_ERROR, find(&src, "b"), "s", "h", "m");
    aon_diag_note(d, find(&src, "c"), "n");
    aon_buf_init(&plain);
    aon_buf_init(&colour);
    aon_buf_init(&stripped);
    aon_diags_print(d, &plain, false);
    aon_diags_print(d, &colour, true);
    T_CHECK(strchr(plain.s, '\033') == NULL && strchr(colour.s, '\033') != NULL);
    for (const char *p = colour.s; *p != '\0'; p++) {
        if (*p == '\033')
            p += strcspn(p, "m");
        else
            aon_buf_putc(&stripped, *p);
    }
    T_EQ_STR(stripped.s, plain.s);
    aon_buf_clear(&stripped);
    aon_buf_clear(&colour);
    aon_buf_clear(&plain);
    aon_diags_free(d);
}

TEST(no_list_is_allowed)
{
    T_EQ_INT(aon_diag(NULL, AON_SEV_ERROR, (aon_span){0}, "s", NULL, "m"), AON_EINPUT);
    T_EQ_INT(aon_diag(NULL, AON_SEV_NOTE, (aon_span){0}, "s", NULL, "m"), AON_OK);
    aon_diag_note(NULL, (aon_span){0}, "m");
}

/* Random bytes, random spans: no crash, the position agrees with a slow count. */
TEST(any_bytes_anywhere)
{
    static const char *const bits[] = {
        "\n",   "\r\n",     "\t",   "a",  "\xce\x93",
        "\xff", "\xe2\x89", "\x1b", "bc", "\xf0\x9d\x94\xb8"};

    T_FOR (2000) {
        aon_diags *d = aon_diags_new();
        size_t line = 1, begin = 0, got_line, got_col;
        aon_buf text, out;
        aon_source src;
        aon_span where;

        aon_buf_init(&text);
        aon_buf_init(&out);
        for (uint64_t n = t_below(60); n > 0; n--)
            aon_buf_puts(&text, bits[t_below(sizeof bits / sizeof *bits)]);
        src = (aon_source){.name = "-", .text = text.s, .len = text.len};
        where.src = &src;
        where.begin = t_below(text.len + 3);
        where.end = t_below(text.len + 3);
        aon_diag(d, AON_SEV_ERROR, where, "s", NULL, "m");
        aon_diags_print(d, &out, true);
        for (size_t i = 0; i < where.begin && i < text.len; i++) {
            if (text.s[i] == '\n') {
                line++;
                begin = i + 1;
            }
        }
        aon_source_position(&src, where.begin, &got_line, &got_col);
        T_EQ_INT(got_line, line);
        T_EQ_INT(aon_diags_line(d, 0), line);
        T_CHECK(got_col >= 1 && got_col <= text.len - begin + 1);
        aon_buf_clear(&out);
        aon_buf_clear(&text);
        aon_diags_free(d);
    }
}
