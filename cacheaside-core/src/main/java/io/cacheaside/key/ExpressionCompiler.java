package io.cacheaside.key;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Port to an expression language, for the <code>#{…}</code> part of a template. */
@FunctionalInterface
public interface ExpressionCompiler {

    /**
     * Compiles {@code source}, the text between the braces, over the parameters of {@code method}.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong with the source
     */
    Expression compile(String source, Method method);

    /**
     * As above, with the variable {@code element} for what stands behind the arguments of {@code method}.
     *
     * @throws IllegalArgumentException as above
     */
    default Expression compile(String source, Method method, String element) {
        throw new IllegalArgumentException("there is no variable for one element");
    }

    /** A compiled expression. Thread-safe. */
    @FunctionalInterface
    interface Expression {

        /** The value for one call. What it throws makes the key unrenderable. */
        @Nullable
        Object evaluate(@Nullable Object[] args, @Nullable Object result);
    }
}
