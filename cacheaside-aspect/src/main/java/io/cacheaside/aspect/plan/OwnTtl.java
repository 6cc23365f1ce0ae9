package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler.Expression;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A TTL that each result has of its own, as a compiled expression. Immutable and thread-safe. */
public final class OwnTtl {

    private static final String BEGIN = "#{";
    private static final String END = "}";

    private final String text;
    private final Expression expression;

    OwnTtl(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /** True for a {@code ttl} that is no duration but what computes one. */
    static boolean isExpression(String text) {
        return text.startsWith(BEGIN) && text.endsWith(END);
    }

    /** What stands between the braces. */
    static String source(String text) {
        return text.substring(BEGIN.length(), text.length() - END.length());
    }

    /**
     * The TTL of {@code result}, the content of an Optional; null where the configured one holds.
     *
     * @throws RuntimeException what evaluating throws, or an IllegalArgumentException that names what it gave, where that is
     *     no lifetime
     */
    public @Nullable Duration of(@Nullable Object[] args, @Nullable Object result) {
        Object given = expression.evaluate(args, result);
        if (given == null) {
            return null;
        }
        Duration ttl = given instanceof CharSequence written ? Durations.parse(written.toString()) : duration(given);
        if (!CachePolicy.isLifetime(ttl)) {
            throw new IllegalArgumentException(
                    Durations.format(ttl) + " is no lifetime: there is always one, from 1ms on");
        }
        return ttl;
    }

    private static Duration duration(Object given) {
        if (given instanceof Duration duration) {
            return duration;
        }
        throw new IllegalArgumentException(
                given + " is a " + given.getClass().getName() + " and neither a Duration nor a text like 30s or PT5M");
    }

    /** The attribute as written. */
    @Override
    public String toString() {
        return text;
    }
}
