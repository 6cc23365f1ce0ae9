package io.cacheaside.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled key template. Compiled once per annotated method, rendered at each call without reflection. Immutable and
 * thread-safe.
 *
 * <p>Different arguments never render the same key: a rendered value contains no {@code :}, {@code %} or brace (they are
 * percent-encoded, with control characters), a {@code :} stands between any two placeholders, and only values with a
 * stable text are accepted. A key of more than 512 bytes of UTF-8 becomes its literal head, {@code %~} and 192 bits of
 * its SHA-256 in hexadecimal; no ordinary key contains {@code %~}.
 */
public final class KeyTemplate {

    private final String template;
    private final String cache;
    private final String head;
    private final Placeholder[] placeholders;
    private final boolean usesResult;
    private final boolean usesElement;
    private final List<String> values;
    private final String shape;

    /** {@code head} includes the namespace and ends before the first of {@code placeholders}. */
    KeyTemplate(
            String template,
            String cache,
            String head,
            List<Placeholder> placeholders,
            boolean usesResult,
            boolean usesElement,
            List<String> values,
            String shape) {
        this.template = template;
        this.cache = cache;
        this.head = head;
        this.placeholders = placeholders.toArray(new Placeholder[0]);
        this.usesResult = usesResult;
        this.usesElement = usesElement;
        this.values = List.copyOf(values);
        this.shape = shape;
    }

    /**
     * The template that {@code template} writes.
     *
     * @throws TemplateException with the first mistake, its column and a caret
     */
    public static KeyTemplate compile(String template, TemplateContext context) {
        return new TemplateCompiler(template, context).compile();
    }

    /**
     * The template of a tag: as one of a key, but it need not begin with the name of a cache.
     *
     * @param key of the read that has the tag, which names all values of it; null: a write has it
     * @throws TemplateException with the first mistake, its column and a caret
     */
    public static KeyTemplate compileTag(String template, TemplateContext context, @Nullable KeyTemplate key) {
        return new TemplateCompiler(template, context).compileTag(key);
    }

    /** The template with its values numbered: the same for all templates that differ in the names of parameters only. */
    public String shape() {
        return shape;
    }

    /** What its placeholders read, in their order, whatever the parameters are called. */
    List<String> values() {
        return values;
    }

    /** Name of the cache: the literal text before the first {@code #}, up to its last {@code :}. No namespace. A tag has none. */
    public String cache() {
        return cache;
    }

    /** True where the key depends on {@code #result}. */
    public boolean usesResult() {
        return usesResult;
    }

    /** True where the key depends on the element of the {@link TemplateContext.Element context}. */
    public boolean usesElement() {
        return usesElement;
    }

    /**
     * The complete key {@code <namespace>:<rendered>}. An Optional result counts as its content.
     *
     * @param args the call's arguments; the element behind them where the key depends on it
     * @param result what the method returned; null on entry
     * @return null where a part is null or has no stable text, or where reading it threw; {@link #missing} tells which
     */
    public @Nullable String render(@Nullable Object[] args, @Nullable Object result) {
        String key = head;
        for (Placeholder placeholder : placeholders) {
            key = placeholder.behind(key, args, result);
            if (key == null) {
                return null;
            }
        }
        return KeyText.bounded(head, key);
    }

    /** Why {@link #render} returns null for this call, as a sentence for a log; null where it returns a key. */
    public @Nullable String missing(@Nullable Object[] args, @Nullable Object result) {
        for (Placeholder placeholder : placeholders) {
            String missing = placeholder.missing(args, result);
            if (missing != null) {
                return missing;
            }
        }
        return null;
    }

    /** The template as written. */
    @Override
    public String toString() {
        return template;
    }
}
