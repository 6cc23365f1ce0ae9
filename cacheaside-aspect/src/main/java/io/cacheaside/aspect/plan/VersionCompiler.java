package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler;
import io.cacheaside.key.ExpressionCompiler.Expression;
import io.cacheaside.key.ResultPath;
import io.cacheaside.key.TemplateContext;
import java.lang.invoke.MethodType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what a write-through method says of versions. */
final class VersionCompiler {

    private static final Pattern PATH = Pattern.compile("(#result)?[\\w$.\\[\\]]*");
    private static final Pattern RESULT = Pattern.compile("#result\\b");

    private final TemplateContext context;

    VersionCompiler(TemplateContext context) {
        this.context = context;
    }

    /**
     * The version that {@code source} tells.
     *
     * @throws RuntimeException with what is wrong with it
     */
    Version compile(String source) {
        String bare =
                source.startsWith("#{") && source.endsWith("}") ? source.substring(2, source.length() - 1) : source;
        return PATH.matcher(bare).matches() ? path(bare) : expression(bare);
    }

    private Version path(String source) {
        ResultPath path = ResultPath.compile(source, context);
        check(source, path.type());
        return (args, value) -> path.of(value);
    }

    /** What it gives is known only when it is evaluated; what does not compare then removes the entry. */
    private Version expression(String source) {
        ExpressionCompiler expressions = context.expressions();
        if (expressions == null) {
            throw new IllegalArgumentException(
                    "'" + source + "' is a SpEL expression and needs spring-expression on the class path");
        }
        if (!RESULT.matcher(source).find()) {
            throw new IllegalArgumentException(
                    "'" + source + "' does not look at #result, whose version it has to tell");
        }
        Expression expression = compiled(expressions, source);
        return expression::evaluate;
    }

    private Expression compiled(ExpressionCompiler expressions, String source) {
        try {
            return expressions.compile(source, context.method());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + source + "': " + e.getMessage(), e);
        }
    }

    private static void check(String source, Class<?> declared) {
        Class<?> type = MethodType.methodType(declared).wrap().returnType();
        String refusal = refusal(type);
        if (refusal != null) {
            throw new IllegalArgumentException("'" + source + "' is of type " + declared.getName() + ", " + refusal);
        }
    }

    private static @Nullable String refusal(Class<?> type) {
        if (!Comparable.class.isAssignableFrom(type)) {
            return "which does not compare: a version is a number, a time or something else that is Comparable";
        }
        if (type == String.class) {
            return "in which 10 comes before 9: take a number or a time, or make one of it, as in"
                    + " #{T(Long).valueOf(#result.version)}";
        }
        return type == Boolean.class ? "which has no newer and older" : null;
    }
}
