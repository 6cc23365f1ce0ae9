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
 */
public record TemplateContext(
        Method method,
        Class<?> targetClass,
        String namespace,
        boolean resultAllowed,
        @Nullable ExpressionCompiler expressions) {}
