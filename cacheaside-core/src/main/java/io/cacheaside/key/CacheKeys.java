package io.cacheaside.key;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys for code that has no template: {@link #valueKey} is what the template {@code <cache>:#value} renders, and
 * {@link #written} takes a key that somebody has put together himself. Immutable and thread-safe.
 */
public final class CacheKeys {

    private final String namespace;

    /** Keys under {@code namespace}, which is theirs without the colon that follows it. */
    public CacheKeys(String namespace) {
        this.namespace = namespace;
    }

    /** Returns where values of {@code type} may be keys; else throws {@link IllegalArgumentException} with a sentence. */
    public static void checkType(Class<?> type) {
        TextRefusal.of(type).ifPresent(refusal -> {
            throw new IllegalArgumentException(told(refusal));
        });
    }

    private static String told(TextRefusal refusal) {
        return "the key " + refusal.reason()
                + ": take one value that has a text of its own, such as a Long, a String or a UUID;"
                + " a key of several values is written down, as in client.getOrLoad(\"order:7:2024\", …)";
    }

    /**
     * The complete key of {@code value} in {@code cache}, the same in every JVM.
     *
     * @throws IllegalArgumentException with a sentence, where it is null or has no stable text
     */
    public String valueKey(String cache, @Nullable Object value) {
        String head = namespace + ":" + cache + ":";
        return KeyText.bounded(head, head + text(value));
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the key is null");
        }
        try {
            String text = ValueText.of(value);
            if (text != null) {
                return text;
            }
        } catch (VirtualMachineError | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException("reading the key threw " + e, e);
        }
        throw new IllegalArgumentException(TextRefusal.of(value.getClass())
                .map(CacheKeys::told)
                .orElse("the key is " + JdkTypes.withArticle(value.getClass()) + " without a text"));
    }

    /**
     * A key that was written down.
     *
     * @param cache name of its cache
     * @param key complete
     */
    public record Written(String cache, String key) {}

    /**
     * The key that {@code text} writes: a complete one where it begins with the namespace and {@code :}, else
     * {@code <cache>:<rest>}. Taken as it is, so that whoever puts values into it has to encode them as templates do.
     *
     * @param owner the cache that has keys of such a head, as far as it is known; else the head itself
     * @throws IllegalArgumentException with a sentence, where no template renders such a key
     */
    public Written written(@Nullable String text, UnaryOperator<String> owner) {
        if (text == null) {
            throw new IllegalArgumentException("the key is null");
        }
        String prefix = namespace + ":";
        String rest = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        int colon = rest.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("the key '" + text
                    + "' names no cache: write <cache>:<rest>, or with the namespace " + prefix + "<cache>:<rest>");
        }
        check("key", text);
        String cache = owner.apply(rest);
        return new Written(cache.equals(rest) ? rest.substring(0, colon) : cache, prefix + rest);
    }

    /**
     * The complete tag that {@code text} writes, with or without the namespace. Taken as it is, as {@link #written} takes keys.
     *
     * @throws IllegalArgumentException with a sentence, where no template renders such a tag
     */
    public String writtenTag(@Nullable String text) {
        String prefix = namespace + ":";
        if (text == null || text.isBlank() || text.equals(prefix)) {
            throw new IllegalArgumentException(text == null ? "the tag is null" : "the tag '" + text + "' is empty");
        }
        check("tag", text);
        return text.startsWith(prefix) ? text : prefix + text;
    }

    private static void check(String what, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > KeyText.LONGEST) {
            throw new IllegalArgumentException("the " + what + " '" + text.substring(0, 40) + "…' has more than "
                    + KeyText.LONGEST + " bytes: write what templates make of it, its head, %~ and a digest");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' && c != ':' && KeyText.isReserved(c)) {
                throw new IllegalArgumentException(
                        "the " + what + " '" + text + "' has a brace or a control character at " + i
                                + ": write it percent-encoded, as templates do");
            }
        }
    }
}
