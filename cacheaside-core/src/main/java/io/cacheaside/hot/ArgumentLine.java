package io.cacheaside.hot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts in one line, as PostgreSQL's {@code COPY} writes and reads them: separated by a tab; {@code \N} is null; {@code
 * \\ \t \n \r} stand for a backslash, a tab, a line feed and a carriage return.
 */
public final class ArgumentLine {

    private static final String NULL = "\\N";
    private static final char SEPARATOR = '\t';
    private static final String ESCAPED = "\\\t\n\r";
    private static final String LETTERS = "\\tnr";

    private ArgumentLine() {}

    /** The line of {@code texts}, without an end of line. */
    public static String of(List<@Nullable String> texts) {
        return texts.stream()
                .map(text -> text == null ? NULL : escaped(text))
                .collect(Collectors.joining(String.valueOf(SEPARATOR)));
    }

    /**
     * The texts of {@code line}, at least one.
     *
     * @throws IllegalArgumentException where a backslash stands before anything else
     */
    public static List<@Nullable String> texts(String line) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int from = 0, to; from <= line.length(); from = to + 1) {
            to = line.indexOf(SEPARATOR, from);
            to = to < 0 ? line.length() : to;
            String field = line.substring(from, to);
            texts.add(field.equals(NULL) ? null : plain(field));
        }
        return texts;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int special = ESCAPED.indexOf(c);
            if (special < 0) {
                escaped.append(c);
            } else {
                escaped.append('\\').append(LETTERS.charAt(special));
            }
        }
        return escaped.toString();
    }

    private static String plain(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                i++;
                int letter = i < field.length() ? LETTERS.indexOf(field.charAt(i)) : -1;
                if (letter < 0) {
                    throw new IllegalArgumentException(
                            "'" + field + "' has a backslash that begins neither \\\\, \\t, \\n, \\r nor is \\N");
                }
                plain.append(ESCAPED.charAt(letter));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
