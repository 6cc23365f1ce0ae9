package io.cacheaside.key;

import org.jspecify.annotations.Nullable;

/**
 * A compiled key template. Compiled once per annotated method, rendered at each call without reflection; different
 * arguments never render the same key. Immutable and thread-safe.
 */
public final class KeyTemplate {

    private KeyTemplate() {}

    /**
     * The template that {@code template} writes.
     *
     * @throws TemplateException with the first mistake, its column and a caret
     */
    public static KeyTemplate compile(String template, TemplateContext context) {
        throw new UnsupportedOperationException();
    }

    /** Name of the cache: the literal text before the first {@code #}, up to its last {@code :}. No namespace. */
    public String cache() {
        throw new UnsupportedOperationException();
    }

    /** True where the key depends on {@code #result}. */
    public boolean usesResult() {
        throw new UnsupportedOperationException();
    }

    /**
     * The complete key {@code <namespace>:<rendered>}.
     *
     * @param args the call's arguments
     * @param result what the method returned; null on entry
     * @return null where a part is null, has no stable text, or its accessor threw
     */
    public @Nullable String render(@Nullable Object[] args, @Nullable Object result) {
        throw new UnsupportedOperationException();
    }
}
