package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler.Expression;
import org.jspecify.annotations.Nullable;

/** A compiled expression that says yes or no. Immutable and thread-safe. */
public final class Condition {

    private final String source;
    private final Expression expression;
    private final boolean usesResult;

    Condition(String source, Expression expression, boolean usesResult) {
        this.source = source;
        this.expression = expression;
        this.usesResult = usesResult;
    }

    /** True where the answer depends on {@code #result}. */
    public boolean usesResult() {
        return usesResult;
    }

    /**
     * The answer for one call.
     *
     * @throws RuntimeException what evaluating throws, or an IllegalStateException where that gives no boolean
     */
    public boolean test(@Nullable Object[] args, @Nullable Object result) {
        if (expression.evaluate(args, result) instanceof Boolean answer) {
            return answer;
        }
        throw new IllegalStateException("'" + source + "' gives no boolean");
    }

    /** The expression as written. */
    @Override
    public String toString() {
        return source;
    }
}
