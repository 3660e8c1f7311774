/* Text to Q and back: what is accepted, what is refused, and that nothing else is. */
#include "unit/t.h"

#include "exact/rat.h"

static aon_status
read_text(fmpq_t q, const char *s, int canonical)
{
    return aon_rat_read(q, s, strlen(s), canonical);
}

static void
check_reads(const char *s, const char *printed, bool canonical)
{
    aon_buf b;
    fmpq_t q;

    fmpq_init(q);
    aon_buf_init(&b);
    T_OK(read_text(q, s, 0));
    aon_rat_print(&b, q);
    T_EQ_STR(b.s, printed);
    T_EQ_INT(read_text(q, s, 1), canonical ? AON_OK : AON_EINPUT);
    aon_buf_clear(&b);
    fmpq_clear(q);
}

TEST(rat_reads)
{
    check_reads("0", "0", true);
    check_reads("7", "7", true);
    check_reads("-3/2", "-3/2", true);
    check_reads("10/3", "10/3", true);
    check_reads("100000000000000000000/3", "100000000000000000000/3", true);
    check_reads("2/4", "1/2", false);
    check_reads("-2/4", "-1/2", false);
    check_reads("4/2", "2", false);
    check_reads("3/1", "3", false);
    check_reads("0/5", "0", false);
    check_reads("0/1", "0", false);
    check_reads("-0", "0", false);
    check_reads("-0/3", "0", false);
    check_reads("007", "7", false);
    check_reads("00", "0", false);
    check_reads("1/02", "1/2", false);
}

TEST(rat_refuses)
{
    static const char *const bad[] = {
        "",    "-",    "/",    "1/",   "/2",   "1/0",  "1/00", "0/0",  "+1",   "1/-2",
        "--1", " 1",   "1 ",   "1 /2", "1/ 2", "2/ 4", "1.5",  "1e3",  "0x10", "1/2/3",
        "a",   "1a",   "1/2a", "- 1",  "1\n",  "\t1",  "1/+2", "3/-6", "-/2",  "1,5",
        "9:",  "1/2 ", "\xb2", "1_0",  "1//2", "-",    "-a",   "//",   "0/",   "-0/0",
    };
    fmpq_t q;

    fmpq_init(q);
    fmpq_set_si(q, -5, 7);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        T_EQ_INT(read_text(q, bad[i], 0), AON_EINPUT);
        T_EQ_INT(read_text(q, bad[i], 1), AON_EINPUT);
    }
    T_EQ_INT(aon_rat_read(q, "1\0002", 3, 0), AON_EINPUT);
    T_EQ_INT(aon_rat_read(q, "12\0", 3, 0), AON_EINPUT);
    T_CHECK(fmpz_equal_si(fmpq_numref(q), -5) && fmpz_equal_si(fmpq_denref(q), 7));
    T_OK(aon_rat_read(q, "12/34", 2, 1)); /* len counts, not a NUL */
    T_CHECK(fmpz_equal_si(fmpq_numref(q), 12) && fmpz_is_one(fmpq_denref(q)));
    fmpq_clear(q);
}

TEST(rat_limits_digits)
{
    size_t n = AON_MAX_DIGITS;
    char *s = malloc(2 * n + 8);
    fmpq_t q;

    T_REQUIRE(s != NULL);
    fmpq_init(q);
    memset(s, '7', 2 * n + 8);
    T_OK(aon_rat_read(q, s, n, 1));
    T_EQ_INT(aon_rat_read(q, s, n + 1, 1), AON_ELIMIT);
    s[1] = '/';
    T_OK(aon_rat_read(q, s, n + 2, 0));
    T_EQ_INT(aon_rat_read(q, s, n + 3, 0), AON_ELIMIT);
    s[n + 3] = 'x'; /* nonsense is nonsense at any length */
    T_EQ_INT(aon_rat_read(q, s, n + 4, 0), AON_EINPUT);
    s[1] = '7';
    s[0] = '-';
    T_OK(aon_rat_read(q, s, n + 1, 1));
    fmpq_clear(q);
    free(s);
}

TEST(rat_print_read_print)
{
    aon_buf b;
    fmpq_t q, back;

    fmpq_init(q);
    fmpq_init(back);
    aon_buf_init(&b);
    T_FOR (500) {
        fmpz_set_si(fmpq_numref(q), (slong)t_below(2000001) - 1000000);
        fmpz_set_ui(fmpq_denref(q), 1 + (ulong)t_below(1000));
        if (t_below(3) == 0)
            fmpz_pow_ui(fmpq_numref(q), fmpq_numref(q), 1 + (ulong)t_below(20));
        if (t_below(3) == 0)
            fmpz_pow_ui(fmpq_denref(q), fmpq_denref(q), 1 + (ulong)t_below(20));
        fmpq_canonicalise(q);
        aon_buf_reset(&b);
        aon_rat_print(&b, q);
        T_OK(aon_rat_read(back, b.s, b.len, 1));
        T_CHECK(fmpq_equal(q, back));
    }
    aon_buf_clear(&b);
    fmpq_clear(back);
    fmpq_clear(q);
}
