package io.cacheaside.key;

import static io.cacheaside.key.KeyText.encode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forms of the JDK's classes that have a stable text. */
final class KnownTexts {

    /** toString, encoded; a class whose toString yields null has no text. */
    static final TextForm TO_STRING = value -> {
        String text = value.toString();
        return text == null ? null : encode(text);
    };

    static final Map<Class<?>, TextForm> FORMS = forms();

    private KnownTexts() {}

    private static Map<Class<?>, TextForm> forms() {
        Map<Class<?>, TextForm> forms = new HashMap<>();
        List<Class<?>> plain = List.of(
                String.class,
                Character.class,
                Boolean.class,
                Long.class,
                Integer.class,
                Short.class,
                Byte.class,
                BigInteger.class,
                BigDecimal.class,
                UUID.class,
                URI.class,
                URL.class,
                Currency.class,
                Instant.class,
                LocalDate.class,
                LocalTime.class,
                LocalDateTime.class,
                ZonedDateTime.class,
                OffsetDateTime.class,
                OffsetTime.class,
                Year.class,
                YearMonth.class,
                MonthDay.class,
                Period.class,
                Duration.class);
        plain.forEach(type -> forms.put(type, TO_STRING));
        forms.put(Double.class, value -> DecimalText.of((double) value));
        forms.put(Float.class, value -> DecimalText.of((float) value));
        forms.put(Class.class, value -> encode(((Class<?>) value).getName()));
        forms.put(Locale.class, KnownTexts::locale);
        return Map.copyOf(forms);
    }

    /** Neither toString nor the language tag tells all locales apart, so only one that the tag brings back. */
    private static @Nullable String locale(Object value) {
        String tag = ((Locale) value).toLanguageTag();
        return Locale.forLanguageTag(tag).equals(value) ? encode(tag) : null;
    }
}
