package io.cacheaside.key;

/** Finds the brace that closes an embedded expression; braces in quoted text and inner pairs do not count. */
final class ExpressionEnd {

    private ExpressionEnd() {}

    /** Index of the closing brace of the expression that begins at {@code start}; -1 if there is none. */
    static int find(String template, int start) {
        int depth = 0;
        for (int i = start; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\'' || c == '"') {
                i = template.indexOf(c, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }
}
