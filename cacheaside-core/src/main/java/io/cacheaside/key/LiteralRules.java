package io.cacheaside.key;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What literal text of a template may contain. */
final class LiteralRules {

    private LiteralRules() {}

    /** Refuses the code point {@code c} at {@code offset} of {@code template} if no key may contain it literally. */
    static void check(String template, int offset, int c) {
        String problem = problem(c);
        if (problem != null) {
            throw new TemplateException(template, offset, problem);
        }
    }

    private static @Nullable String problem(int c) {
        if (c == '{' || c == '}') {
            return "a literal '" + (char) c + "' is refused, because Redis Cluster reads braces as a hash tag";
        }
        if (c == '%') {
            return "a literal '%' is refused, because it begins an escape in rendered values";
        }
        if (Character.isISOControl(c)) {
            return "the control character " + codePoint(c) + " is refused in literal text";
        }
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return "white space (" + codePoint(c) + ") is refused in literal text,"
                    + " because a key that differs only by it is never invalidated";
        }
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                ? "the unpaired surrogate " + codePoint(c) + " is refused, because UTF-8 cannot write it"
                : null;
    }

    private static String codePoint(int c) {
        return String.format(Locale.ROOT, "U+%04X", c);
    }
}
