package io.cacheaside.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentTextTest {

    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "large indeed";
            }
        }
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void argument_isMadeAgainOfItsText(Object argument) {
        Class<?> type = argument instanceof Size ? Size.class : argument.getClass();
        assertThat(ArgumentText.knows(type)).isTrue();
        assertThat(ArgumentText.parse(ArgumentText.of(argument), type)).isEqualTo(argument);
    }

    static Stream<Object> arguments() {
        return Stream.of(
                "",
                "a\tb",
                'x',
                true,
                (byte) -1,
                (short) 2,
                3,
                Long.MIN_VALUE,
                0.1f,
                Double.MIN_VALUE,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1.50"),
                UUID.randomUUID(),
                Size.SMALL,
                Size.LARGE,
                Instant.parse("2026-11-20T10:15:30.123456789Z"),
                LocalDate.of(2026, 11, 20),
                LocalTime.of(10, 15),
                LocalDateTime.of(2026, 11, 20, 10, 15),
                OffsetDateTime.parse("2026-11-20T10:15:30+01:00"),
                ZonedDateTime.parse("2026-11-20T10:15:30+01:00[Europe/Berlin]"),
                Year.of(2026),
                YearMonth.of(2026, 11),
                Duration.ofMillis(1500),
                Currency.getInstance("EUR"),
                Locale.forLanguageTag("de-CH"),
                URI.create("https://example.com/a?b=c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x | long | 'x' is no long",
                "99999999999 | int | is no int",
                "1.5 | long | is no long",
                "yes | boolean | is no boolean",
                "ab | char | is no char"
            })
    void textOfAnotherType_isRefused_namingTextAndType(String text, String type, String message) throws Exception {
        Class<?> primitive = switch (type) {
            case "long" -> long.class;
            case "int" -> int.class;
            case "boolean" -> boolean.class;
            default -> char.class;
        };
        assertThatThrownBy(() -> ArgumentText.parse(text, primitive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shortUuid_unknownConstant_andUnknownType_areRefused() {
        assertThatThrownBy(() -> ArgumentText.parse("1-1-1-1-1", UUID.class)).hasMessage("'1-1-1-1-1' is no UUID");
        assertThatThrownBy(() -> ArgumentText.parse("HUGE", Size.class)).hasMessage("'HUGE' is no Size");
        assertThatThrownBy(() -> ArgumentText.parse("x", Object.class)).hasMessage("'x' is no Object");
        assertThat(ArgumentText.knows(Object.class)).isFalse();
        assertThat(ArgumentText.knows(List.of(long.class, byte[].class))).isFalse();
    }

    @Test
    void line_givesBackItsTexts() {
        for (List<@Nullable String> texts : List.of(
                Arrays.asList("a", null, ""),
                List.of("\\N", "a\\b", "tab\there", "line\nfeed\r"),
                List.<@Nullable String>of(""))) {
            String line = ArgumentLine.of(texts);
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(ArgumentLine.texts(line)).isEqualTo(texts);
        }
    }

    @Test
    void strangeBackslash_isRefused() {
        assertThatThrownBy(() -> ArgumentLine.texts("a\tb\\x")).hasMessageContaining("'b\\x' has a backslash");
        assertThatThrownBy(() -> ArgumentLine.texts("b\\")).hasMessageContaining("'b\\' has a backslash");
    }
}
