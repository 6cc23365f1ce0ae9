package io.cacheaside.key;

import static io.cacheaside.key.Templates.compile;
import static io.cacheaside.key.Templates.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws argument tuples from few characters, so that nearly equal ones are frequent; the seeds are fixed. */
class DistinctKeysTest {

    interface Service {
        String texts(String x, String y, String z);

        String numbers(double d, float f, BigDecimal b, BigInteger i);

        String mixed(long n, Character c, Locale locale, boolean b);
    }

    private static final String ALPHABET = ":%{}~12A3 aé\u0000\u0085\ud83d\ude00#.";
    private static final int TUPLES = 20_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:#x:#y:#z",
                "a:1#x:1#y-1:#z.1",
                "a:#x-1:2#y-3:A#z~",
                "a:#p0.:.#p1::#p2",
                "a:##:#x##:##:#y:#z##",
                "a:#x-:#method:-#y:#z"
            })
    void tuplesOfTexts_neverShareAKey(String written) {
        KeyTemplate template = compile(written, Service.class, "texts");
        Random random = new Random(42);
        Map<String, List<String>> seen = new HashMap<>();
        for (int i = 0; i < TUPLES; i++) {
            String[] tuple = {text(random), text(random), text(random)};
            String key = render(template, (Object[]) tuple);
            List<String> former = seen.putIfAbsent(key, List.of(tuple));
            if (former != null && !former.equals(List.of(tuple))) {
                fail("%s is the key of %s and %s", key, former, List.of(tuple));
            }
        }
        assertThat(seen).hasSizeGreaterThan(TUPLES / 2);
    }

    @Test
    void tuplesOfNumbers_neverShareAKey() {
        KeyTemplate template = compile("n:#d:#f:#b:#i", Service.class, "numbers");
        Random random = new Random(7);
        Map<String, List<Object>> seen = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            Object[] tuple = {
                Double.longBitsToDouble(random.nextLong() & -(1L << (20 + random.nextInt(40)))),
                Float.intBitsToFloat(random.nextInt() & -(1 << random.nextInt(30))),
                new BigDecimal(BigInteger.valueOf(random.nextInt(9)), random.nextInt(5) - 2),
                BigInteger.valueOf(random.nextInt(20) - 10)
            };
            List<Object> former = seen.putIfAbsent(render(template, tuple), List.of(tuple));
            if (former != null && !former.equals(List.of(tuple))) {
                fail("one key for %s and %s", former, List.of(tuple));
            }
        }
        assertThat(seen).hasSizeGreaterThan(1_000);
    }

    @Test
    void floatingNumbers_readBackFromTheirText() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            double d = Double.longBitsToDouble(random.nextLong());
            float f = Float.intBitsToFloat(random.nextInt());
            assertThat(Double.valueOf(DecimalText.of(d))).isEqualTo(Double.valueOf(d));
            assertThat(Float.valueOf(DecimalText.of(f))).isEqualTo(Float.valueOf(f));
        }
    }

    @Test
    void everyLocaleAndEveryChar_hasAKeyOfItsOwn() {
        KeyTemplate template = compile("m:#n:#c:#locale:#b", Service.class, "mixed");
        Set<String> keys = new HashSet<>();
        Set<Locale> locales = new HashSet<>(List.of(Locale.getAvailableLocales()));
        // Java's own th_TH_TH and no_NO_NY have no tag that brings them back, so they may make no key
        locales.removeIf(locale -> render(template, 1L, 'x', locale, true) == null);
        locales.forEach(locale -> keys.add(render(template, 1L, 'x', locale, true)));
        assertThat(keys).hasSameSizeAs(locales).hasSizeGreaterThan(100);
        keys.clear();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            keys.add(render(template, 1L, (char) c, Locale.ROOT, true));
        }
        assertThat(keys).hasSize(Character.MAX_VALUE + 1);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return random.nextInt(200) == 0 ? text.toString().repeat(300) : text.toString();
    }
}
