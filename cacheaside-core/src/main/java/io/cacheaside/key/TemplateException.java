package io.cacheaside.key;

/**
 * A key template is wrong. The message is one sentence with the column, followed by the template and a caret under the
 * place.
 */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String template;
    private final int column;
    private final String problem;

    /**
     * An exception for one mistake.
     *
     * @param offset index of the char in {@code template} where the mistake begins; its length where something is missing
     * @param problem what is wrong and what to write instead, one sentence without a full stop
     */
    public TemplateException(String template, int offset, String problem) {
        super(problem + " (column " + column(template, offset) + ")\n    " + printable(template) + "\n    "
                + " ".repeat(column(template, offset) - 1) + "^");
        this.template = template;
        this.column = column(template, offset);
        this.problem = problem;
    }

    /** The template as written. */
    public String template() {
        return template;
    }

    /** Place of the mistake in characters (code points), the first one is 1. */
    public int column() {
        return column;
    }

    /** The sentence of the message, without column and caret. */
    public String problem() {
        return problem;
    }

    /** The message behind {@code where} (such as {@code ProductService.find}), as reports of many mistakes print it. */
    public String at(String where) {
        return where + ": " + getMessage();
    }

    private static int column(String template, int offset) {
        return template.codePointCount(0, offset) + 1;
    }

    /** Control characters as their Unicode pictures, so that the caret stays under its place. */
    private static String printable(String template) {
        StringBuilder shown = new StringBuilder(template.length());
        template.chars().forEach(c -> shown.append(c < ' ' ? (char) (0x2400 + c) : (char) c));
        return shown.toString();
    }
}
