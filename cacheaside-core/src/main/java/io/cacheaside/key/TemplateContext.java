package io.cacheaside.key;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a template is compiled against.
 *
 * @param method the annotated method itself, of a class or an interface: parameter names and types come from it
 * @param targetClass the class whose objects are called; resolves the method's type variables and names {@code #class}
 * @param namespace prefix of every key, without the colon that follows it
 * @param resultAllowed true where the template is rendered after the method and may say {@code #result}
 * @param expressions compiles <code>#{…}</code>; null: such a template is refused
 * @param element name of one element of a collection; null: there is none
 */
public record TemplateContext(
        Method method,
        Class<?> targetClass,
        String namespace,
        boolean resultAllowed,
        @Nullable ExpressionCompiler expressions,
        @Nullable Element element) {

    /** A context without element. */
    public TemplateContext(
            Method method,
            Class<?> targetClass,
            String namespace,
            boolean resultAllowed,
            @Nullable ExpressionCompiler expressions) {
        this(method, targetClass, namespace, resultAllowed, expressions, null);
    }

    /**
     * What a template is rendered for once each. Its value stands behind the call's arguments.
     *
     * @param name what templates call it, without {@code #}
     * @param parameter position of the collection that it comes from
     */
    public record Element(String name, int parameter) {}
}
