package io.cacheaside.error;

import java.util.List;

/**
 * The application's annotations or settings are wrong. Thrown at start, before any traffic, with every mistake found so
 * far in one message, one problem a line.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** An exception for one mistake, told as a sentence that names class, method and value. */
    public ConfigurationException(String problem) {
        this(List.of(problem));
    }

    /** An exception for {@code problems}, in their order; at least one. */
    public ConfigurationException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** The single mistakes, in the order of the message. */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : "cacheaside found " + problems.size() + " mistakes:\n  - " + String.join("\n  - ", problems);
    }
}
