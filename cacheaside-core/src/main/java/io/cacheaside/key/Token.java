package io.cacheaside.key;

import java.util.List;

/** A piece of a template as the parser sees it; nothing is looked up yet. */
sealed interface Token {

    /** Index of the template's char where the piece begins. */
    int offset();

    /** Text that stands in every key; {@code ##} is already one {@code #}. */
    record Literal(String text, int offset) implements Token {}

    /** {@code #name} with the steps behind it; {@code source} is all of it as written. */
    record Reference(String name, List<Step> steps, String source, int offset) implements Token {}

    /** <code>#{source}</code>. */
    record Spel(String source, int offset) implements Token {}

    /** One step of a path. */
    sealed interface Step {

        /** Index of the template's char where the step begins: its name, or the opening bracket. */
        int offset();

        /** {@code .name}. */
        record Property(String name, int offset) implements Step {}

        /** {@code [text]}: a position, or a key of a map. */
        record Index(String text, int offset) implements Step {}
    }
}
