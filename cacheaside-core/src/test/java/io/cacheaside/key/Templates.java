package io.cacheaside.key;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compiles templates against methods of test types, which are found by their name alone. */
final class Templates {

    private Templates() {}

    static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    static KeyTemplate compile(String template, Class<?> type, String method) {
        return compile(template, method(type, method), type, null);
    }

    static KeyTemplate compile(
            String template, Method method, Class<?> target, @Nullable ExpressionCompiler expressions) {
        return KeyTemplate.compile(template, new TemplateContext(method, target, "shop", true, expressions));
    }

    static @Nullable String render(KeyTemplate template, @Nullable Object... args) {
        return template.render(args, null);
    }
}
