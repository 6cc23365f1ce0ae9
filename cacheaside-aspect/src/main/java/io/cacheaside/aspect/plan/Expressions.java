package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler;
import org.jspecify.annotations.Nullable;

/** Finds the expression language. The class that needs it is loaded only where it is there. */
final class Expressions {

    private static final String SPEL = "org.springframework.expression.spel.standard.SpelExpressionParser";

    private Expressions() {}

    /** A compiler; null without spring-expression on the class path. */
    static @Nullable ExpressionCompiler find() {
        try {
            Class.forName(SPEL, false, Expressions.class.getClassLoader());
            return new SpelCompiler();
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
