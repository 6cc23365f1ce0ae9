package io.cacheaside.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value's place in a key, with the literal text that follows it. */
final class Placeholder {

    private final String source;
    private final Root root;
    private final Accessor[] path;
    private final String tail;

    /**
     * A place that reads {@code path} from {@code root}.
     *
     * @param source the placeholder as written, for messages
     * @param tail literal text behind it, with {@code :} in it unless it is the last place
     */
    Placeholder(String source, Root root, List<Accessor> path, String tail) {
        this.source = source;
        this.root = root;
        this.path = path.toArray(new Accessor[0]);
        this.tail = tail;
    }

    /** {@code head}, the encoded value and the tail; null where the call has no text for this place. */
    @Nullable
    String behind(String head, @Nullable Object[] args, @Nullable Object result) {
        try {
            Object value = value(args, result);
            if (value instanceof Long number) {
                return head + number.longValue() + tail; // a concatenation writes the digits in place
            }
            String text = ValueText.of(value);
            return text == null ? null : head + text + tail;
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                return null;
            }
            throw e;
        } catch (Throwable e) {
            return null;
        }
    }

    /** Why {@link #behind} is null for this call, as a sentence; null where it is not. */
    @Nullable
    String missing(@Nullable Object[] args, @Nullable Object result) {
        try {
            Object value = value(args, result);
            if (value == null) {
                return source + " is null";
            }
            return ValueText.of(value) != null
                    ? null
                    : TextRefusal.of(value.getClass())
                            .map(refusal -> refusal.about(source))
                            .orElse(source + " is " + JdkTypes.withArticle(value.getClass()) + " without a text");
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                return "reading " + source + " threw " + e;
            }
            throw e;
        } catch (Throwable e) {
            return "reading " + source + " threw " + e;
        }
    }

    private @Nullable Object value(@Nullable Object[] args, @Nullable Object result) throws Throwable {
        Object value = root.of(args, result);
        for (Accessor step : path) {
            if (value == null) {
                return null;
            }
            value = step.get(value);
        }
        return value;
    }
}
