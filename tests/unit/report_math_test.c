/* Terms of the language as mathematics; words of an instance stay text. */
#include "report/clause.h"
#include "unit/t.h"

static const char *
formula(aon_markup to, const char *s, bool subspaces)
{
    static aon_buf out;

    if (out.s == NULL)
        aon_buf_init(&out);
    aon_buf_reset(&out);
    aon_put_formula(&out, to, s, strlen(s), subspaces);
    return out.s;
}

static const char *
tex(const char *s)
{
    return formula(AON_TEX, s, false);
}

static const char *
name(aon_markup to, const char *s)
{
    static aon_buf out;

    if (out.s == NULL)
        aon_buf_init(&out);
    aon_buf_reset(&out);
    aon_put_name(&out, to, s, strlen(s));
    return out.s;
}

static const char *
text(aon_markup to, const char *s)
{
    static aon_buf out;

    if (out.s == NULL)
        aon_buf_init(&out);
    aon_buf_reset(&out);
    aon_put_text(&out, to, s, strlen(s));
    return out.s;
}

TEST(names_become_letters_with_indices)
{
    T_EQ_STR(name(AON_TEX, "m'"), "m'");
    T_EQ_STR(name(AON_TEX, "Gam'"), "\\Gamma'");
    T_EQ_STR(name(AON_TEX, "Gamq''"), "\\Gamma_{q}''");
    T_EQ_STR(name(AON_TEX, "lam"), "\\lambda ");
    T_EQ_STR(name(AON_TEX, "GamN"), "\\Gamma_{N}");
    T_EQ_STR(name(AON_TEX, "y1"), "y_{1}");
    T_EQ_STR(name(AON_TEX, "Aq"), "A_{q}");
    T_EQ_STR(name(AON_TEX, "inN"), "\\mathrm{inN}");
    T_EQ_STR(name(AON_TEX, "lin_on"), "\\mathrm{lin\\_on}");
    T_EQ_STR(name(AON_TEX, "philosophy"), "\\mathrm{philosophy}");
    T_EQ_STR(name(AON_HTML, "Gamq'"), "\xce\x93<sub>q</sub>\xe2\x80\xb2");
    T_EQ_STR(name(AON_HTML, "y12"), "<i>y</i><sub>12</sub>");
}

TEST(embeddings_are_called_after_their_models)
{
    static const struct {
        const char *model, *want;
    } row[] = {{"m", "f"},     {"m''", "f''"},   {"m0", "f_{m_{0}}"},
               {"w", "f_{w}"}, {"w'", "f_{w}'"}, {"Big", "f_{\\mathrm{Big}}"}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        aon_buf out;

        aon_buf_init(&out);
        aon_put_embedding(&out, AON_TEX, 'f', row[i].model);
        T_EQ_STR(out.s, row[i].want);
        aon_buf_clear(&out);
    }
}

TEST(terms)
{
    T_EQ_STR(tex("m'.f(x)"), "f'(x)");
    T_EQ_STR(tex("m.g(y1) - m.g(base)"), "g(y_{1}) - g(y_{0})");
    T_EQ_STR(tex("proj(N(m))*u"), "P_{N(m)}\\,u");
    T_EQ_STR(tex("tr(B)*Aq*A"), "B{}^{\\top}\\,A_{q}\\,A");
    T_EQ_STR(tex("tr(A + B)"), "(A + B){}^{\\top}");
    T_EQ_STR(tex("-3/2"), "-\\tfrac{3}{2}");
    T_EQ_STR(tex("[1, 0; -1/2, 1]"),
             "\\bigl(\\begin{smallmatrix}1 & 0 \\\\ -\\tfrac{1}{2} & 1"
             "\\end{smallmatrix}\\bigr)");
    T_EQ_STR(tex("l[y]*2"), "l{}_{y} \\cdot 2");
    T_EQ_STR(tex("X/q"), "X/q");
    T_EQ_STR(tex("image(A, S)"), "A\\,S");
    T_EQ_STR(tex("matrix(d,d')"), "\\mathbf{Q}^{d\\times d'}");
    T_EQ_STR(formula(AON_HTML, "u' = b*v'", false),
             "<i>u</i>\xe2\x80\xb2 = <i>b</i>\xe2\x80\x89<i>v</i>\xe2\x80\xb2");
}

TEST(angle_brackets_and_comparisons)
{
    T_EQ_STR(tex("<u, v> < 1"), "\\langle u,\\allowbreak\\, v\\rangle  < 1");
    T_EQ_STR(tex("a <= b"), "a \\le b");
    T_EQ_STR(formula(AON_TEX, "Gam <= N(m)", true), "\\Gamma  \\subseteq N(m)");
    T_EQ_STR(tex("Gam \5 N(m)"), "\\Gamma  \\subseteq N(m)");
    T_EQ_STR(tex("u != 0 -> v = 0"), "u \\neq 0 \\Rightarrow v = 0");
    T_EQ_STR(formula(AON_HTML, "a < b", false), "<i>a</i> &lt; <i>b</i>");
}

/* A clause as it is written, in LaTeX. */
static const char *
clause_tex(const char *s)
{
    const aon_source src = {"t.aon", s, strlen(s)};
    static aon_buf out;
    aon_buf plain;

    aon_buf_init(&plain);
    aon_clause_plain(&plain, (aon_span){&src, 0, src.len}, 1000);
    if (out.s == NULL)
        aon_buf_init(&out);
    aon_buf_reset(&out);
    aon_put_formula(&out, AON_TEX, plain.s, plain.len, false);
    aon_buf_clear(&plain);
    return out.s;
}

/* The aliases of docs/language.md, section 1, and what they stand for. */
TEST(unicode_spellings_are_read)
{
    static const char *const same[][2] = {
        {"\xe2\x88\x80x\xe2\x88\x88X: \xe2\x88\x83y \xe2\x88\x88 Y: m.f(x) "
         "\xe2\x89\xa0 0",
         "forall x in X: exists y in Y: m.f(x) != 0"},
        {"\xc2\xacP \xe2\x88\xa7 Q \xe2\x88\xa8 R \xe2\x86\x92 S \xe2\x86\x94 T",
         "not P and Q or R -> S <-> T"},
        {"\xe2\x9f\xa8u, v\xe2\x9f\xa9 \xe2\x89\xa4 2\xc2\xb7t \xe2\x88\x92 1",
         "<u, v> <= 2*t - 1"},
        {"\xce\xbb\xe2\x88\x92-\xce\xb2"
         "1",
         "lam - -beta1"},
        {"S \xe2\x88\xa9 T = (\xe2\x88\x91x in X: \xce\x93q(x)) -- \xe2\x88\x80\n",
         "S & T = (sum x in X: Gamq(x))"},
        {"a \xe2\x89\x94 \xce\x9b", "a := Lam"},
    };

    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        aon_buf want;

        aon_buf_init(&want);
        aon_buf_puts(&want, tex(same[i][1]));
        T_EQ_STR(clause_tex(same[i][0]), want.s);
        aon_buf_clear(&want);
    }
    T_EQ_STR(clause_tex("S \xe2\x8a\x86 T"), "S \\subseteq T");
}

TEST(words_of_the_instance_stay_text)
{
    T_EQ_STR(tex("m.f(\1forall_%\2)"), "f(\\text{forall\\_\\%})");
    T_EQ_STR(tex("\1a)(\2"), "\\text{a)(}");
    T_EQ_STR(formula(AON_HTML, "\1<b>\2", false), "<bdi class=\"w\">&lt;b&gt;</bdi>");
}

TEST(text_is_escaped)
{
    T_EQ_STR(text(AON_TEX, "a_b 50% #1 $x {y} c&d"),
             "a\\_b 50\\% \\#1 \\$x \\{y\\} c\\&d");
    T_EQ_STR(text(AON_TEX, "\\x ~ ^ <>"),
             "\\textbackslash{}x \\textasciitilde{} \\textasciicircum{} "
             "\\textless{}\\textgreater{}");
    T_EQ_STR(text(AON_TEX, "--- '' ?`"), "-{}-{}- '{}' ?{}`");
    T_EQ_STR(text(AON_TEX, "\xc3\xbc\xc4\xa0\xe4\xb8\xad"), "\\\"u\\.G[U+4E2D]");
    T_EQ_STR(text(AON_HTML, "<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
    T_EQ_STR(text(AON_HTML, "a\xe2\x80\xae"
                            "b\xff\xe4\xb8\xad"),
             "a[U+202E]b[0xFF]\xe4\xb8\xad");
}

TEST(unmarked_text_is_what_the_language_says)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_mark_word(&out, "cat");
    aon_mark_math(&out, "S \5 T");
    T_EQ_STR(out.s, "\1cat\2\3S \5 T\4");
    {
        aon_buf plain;

        aon_buf_init(&plain);
        aon_put_unmarked(&plain, out.s, out.len);
        T_EQ_STR(plain.s, "catS <= T");
        aon_buf_clear(&plain);
    }
    aon_buf_clear(&out);
}

/* Whatever comes in, groups and tags close, and nothing that TeX reads as a command of
 * its own comes through. */
static bool
balanced_tex(const char *s)
{
    long depth = 0;

    for (; *s != '\0'; s++) {
        if (*s == '\\' && s[1] != '\0') {
            s++;
            continue;
        }
        if (strchr("#$%&~^", *s) != NULL && *s != '&' && *s != '^')
            return false;
        depth += (*s == '{') - (*s == '}');
        if (depth < 0)
            return false;
    }
    return depth == 0;
}

static bool
balanced_html(const char *s)
{
    long depth = 0;

    for (; *s != '\0'; s++)
        if (*s == '<') {
            depth += s[1] == '/' ? -1 : 1;
            if (depth < 0 || strchr("/ibs", s[1]) == NULL)
                return false;
        }
    return depth == 0;
}

TEST(any_text_comes_out_balanced)
{
    static const char *const piece[] = {
        "proj", "(",  ")",   "[",  "]",  "{",      "}",       "<",      ">",   "tr",
        "m",    ".f", ".",   "*",  ",",  ";",      "forall ", "X",      "/q",  "1/2",
        "-",    "->", "<->", "<=", "\1", "a}{%\2", "\5",      "image",  "all", "\"",
        "%",    "#",  "\\",  "$",  "&",  "^",      "~",       "matrix", "'",   "id"};

    T_FOR (3000) {
        aon_buf s;
        const uint64_t n = t_below(24);

        aon_buf_init(&s);
        for (uint64_t i = 0; i < n; i++)
            aon_buf_puts(&s, piece[t_below(sizeof piece / sizeof *piece)]);
        T_CHECK(balanced_tex(tex(s.s)));
        T_CHECK(balanced_html(formula(AON_HTML, s.s, true)));
        aon_buf_clear(&s);
    }
}

TEST(deep_nesting_ends)
{
    aon_buf s;

    aon_buf_init(&s);
    for (int i = 0; i < 20000; i++)
        aon_buf_puts(&s, "tr(");
    T_CHECK(balanced_tex(tex(s.s)));
    aon_buf_reset(&s);
    for (int i = 0; i < 500; i++)
        aon_buf_puts(&s, "(");
    for (int i = 0; i < 500; i++)
        aon_buf_puts(&s, ")");
    T_CHECK(balanced_tex(tex(s.s)));
    T_CHECK(strstr(tex(s.s), "\\dots") != NULL);
    aon_buf_clear(&s);
}
