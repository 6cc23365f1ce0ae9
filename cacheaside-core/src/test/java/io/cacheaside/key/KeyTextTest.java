package io.cacheaside.key;

import static io.cacheaside.key.Templates.compile;
import static io.cacheaside.key.Templates.render;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {

    interface Service {
        String find(String x, String y);
    }

    private static final KeyTemplate ONE = compile("a:#x", Service.class, "find");
    private static final KeyTemplate TWO = compile("a:#x:#y", Service.class, "find");

    @Test
    void colonInAValue_doesNotMoveIntoTheNextOne() {
        assertThat(render(TWO, "1:2", "3")).isEqualTo("shop:a:1%3A2:3");
        assertThat(render(TWO, "1", "2:3")).isEqualTo("shop:a:1:2%3A3");
    }

    @ParameterizedTest
    @CsvSource({"%, %25", "{, %7B", "}, %7D", ":, %3A", "%3A, %253A", "{user}, %7Buser%7D", "a b, a b", "ü€😀, ü€😀"})
    void reservedCharacter_isPercentEncodedAndNothingElseIs(String value, String text) {
        assertThat(render(ONE, value, "")).isEqualTo("shop:a:" + text);
    }

    @Test
    void controlCharacter_isPercentEncodedAsItsUtf8Bytes() {
        assertThat(render(ONE, "a\nb\0\u007f\u0085", "")).isEqualTo("shop:a:a%0Ab%00%7F%C2%85");
    }

    @Test
    void unpairedSurrogates_stayDifferent() {
        assertThat(render(ONE, "\ud83d", "")).isEqualTo("shop:a:%ED%A0%BD");
        assertThat(render(ONE, "\ud83dx\ude00", "")).isEqualTo("shop:a:%ED%A0%BDx%ED%B8%80");
        assertThat(render(ONE, "\ude00\ud83d", "")).isEqualTo("shop:a:%ED%B8%80%ED%A0%BD");
    }

    @Test
    void emptyText_isALegalValue() {
        assertThat(render(ONE, "", "")).isEqualTo("shop:a:");
        assertThat(render(TWO, "", "x")).isEqualTo("shop:a::x");
        assertThat(render(TWO, "x", "")).isEqualTo("shop:a:x:");
    }

    @Test
    void keyOf512Bytes_isKeptWhole() {
        String value = "x".repeat(512 - "shop:a:".length());
        assertThat(render(ONE, value, "")).isEqualTo("shop:a:" + value);
    }

    @Test
    void keyOf513Bytes_becomesItsHeadAndADigest() {
        String value = "x".repeat(513 - "shop:a:".length());
        // printf 'shop:a:xxx…' | sha256sum | cut -c1-48
        assertThat(render(ONE, value, "")).isEqualTo("shop:a:%~" + "3ed7dff729a9eba0007a06f1239670be6205c07b0df2f209");
    }

    @Test
    void bytesCount_notChars() {
        assertThat(render(ONE, "€".repeat(169), "")).startsWith("shop:a:%~").hasSize("shop:a:%~".length() + 48);
        assertThat(render(ONE, "€".repeat(168), "")).endsWith("€");
    }

    @Test
    void longKeys_differWhereverTheirValuesDiffer() {
        String big = "x".repeat(100_000);
        assertThat(render(TWO, big, "1")).isNotEqualTo(render(TWO, big, "2")).startsWith("shop:a:%~");
        assertThat(render(TWO, big + ":", "1")).isNotEqualTo(render(TWO, big, ":1"));
    }

    @Test
    void ordinaryKey_neverLooksLikeADigest() {
        String digest = render(ONE, "x".repeat(1000), "").substring("shop:a:".length());
        assertThat(render(ONE, digest, "")).isEqualTo("shop:a:%25~" + digest.substring(2));
    }

    @Test
    void everyKey_isValidUtf8OfAtMost512Bytes() {
        for (int c = 0; c <= Character.MAX_VALUE; c += 7) {
            String key = render(ONE, String.valueOf((char) c).repeat(c % 600), "");
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(bytes).hasSizeLessThanOrEqualTo(512);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(key);
        }
    }
}
