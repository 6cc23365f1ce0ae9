package io.cacheaside.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of any value in a key, chosen by its class. */
final class ValueText {

    private static final ClassValue<Optional<TextForm>> FORMS = new ClassValue<>() {
        @Override
        protected Optional<TextForm> computeValue(Class<?> type) {
            return TextForm.of(type);
        }
    };

    private ValueText() {}

    /** The encoded text of {@code value}; null where it is null or has no stable text. */
    static @Nullable String of(@Nullable Object value) throws Throwable {
        if (value instanceof Long number) {
            return Long.toString(number);
        }
        if (value instanceof String text) {
            return KeyText.encode(text);
        }
        if (value instanceof Integer number) {
            return Integer.toString(number);
        }
        if (value == null) {
            return null;
        }
        Optional<TextForm> form = FORMS.get(value.getClass());
        return form.isPresent() ? form.get().text(value) : null;
    }
}
