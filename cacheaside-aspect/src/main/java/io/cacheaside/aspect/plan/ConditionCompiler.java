package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler;
import io.cacheaside.key.ExpressionCompiler.Expression;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of one method: conditions, and a TTL of each result's own. */
final class ConditionCompiler {

    private static final Pattern RESULT = Pattern.compile("#result\\b");

    private final @Nullable ExpressionCompiler expressions;
    private final Method method;
    private final Problems problems;
    private final @Nullable String element;

    ConditionCompiler(@Nullable ExpressionCompiler expressions, Method method, Problems problems) {
        this(expressions, method, problems, null);
    }

    /** {@code element}: what the expressions call the element behind the arguments; null: there is none. */
    ConditionCompiler(
            @Nullable ExpressionCompiler expressions, Method method, Problems problems, @Nullable String element) {
        this.element = element;
        this.expressions = expressions;
        this.method = method;
        this.problems = problems;
    }

    /** The condition; null where {@code source} is empty, or wrong and its problem was added. */
    @Nullable
    Condition compile(String where, String source, boolean resultAllowed) {
        if (source.isBlank()) {
            return null;
        }
        Expression expression = expression(where, source, resultAllowed);
        return expression == null ? null : new Condition(source, expression, usesResult(source));
    }

    /** The TTL; null where {@code text} is a duration or empty, or wrong and its problem was added. */
    @Nullable
    OwnTtl compileTtl(String where, String text) {
        if (!OwnTtl.isExpression(text)) {
            return null;
        }
        Expression expression = expression(where, OwnTtl.source(text), true);
        return expression == null ? null : new OwnTtl(text, expression);
    }

    private static boolean usesResult(String source) {
        return RESULT.matcher(source).find();
    }

    private @Nullable Expression expression(String where, String source, boolean resultAllowed) {
        boolean usesResult = usesResult(source);
        if (expressions == null) {
            problems.add(where, "'" + source + "' is a SpEL expression and needs spring-expression on the class path");
            return null;
        }
        if (usesResult && !resultAllowed) {
            problems.add(where, "'" + source + "': #result is not known before the method runs; unless may use it");
            return null;
        }
        if (usesResult && method.getReturnType() == void.class) {
            problems.add(where, "'" + source + "': there is no #result, because the method returns void");
            return null;
        }
        try {
            return element == null ? expressions.compile(source, method) : expressions.compile(source, method, element);
        } catch (IllegalArgumentException e) {
            problems.add(where, "'" + source + "': " + e.getMessage());
            return null;
        }
    }
}
