package io.cacheaside.key;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A path of properties of a method's result, as key templates have them, with the type at its end. Immutable and thread-safe. */
public final class ResultPath {

    private static final String RESULT = "#result";

    private final List<Accessor> steps;
    private final Class<?> type;

    private ResultPath(List<Accessor> steps, Class<?> type) {
        this.steps = steps;
        this.type = type;
    }

    /**
     * The path that {@code source} writes: {@code #result}, {@code #result.path} or the path alone.
     *
     * @throws TemplateException with the first mistake, its column and a caret
     */
    public static ResultPath compile(String source, TemplateContext context) {
        boolean whole = source.equals(RESULT) || source.startsWith(RESULT + ".") || source.startsWith(RESULT + "[");
        String path = whole ? source : RESULT + "." + source;
        List<Token> tokens = TemplateParser.parse(path);
        if (tokens.size() != 1 || !(tokens.get(0) instanceof Token.Reference reference)) {
            throw new TemplateException(path, 0, "this is no path of properties");
        }
        PathCompiler compiler = new PathCompiler(path, RESULT, type(context));
        reference.steps().forEach(compiler::step);
        return new ResultPath(compiler.accessors(), compiler.type());
    }

    private static TypeView type(TemplateContext context) {
        Class<?> declaring = context.method().getDeclaringClass();
        Class<?> target = declaring.isAssignableFrom(context.targetClass()) ? context.targetClass() : declaring;
        TypeView type = TypeView.of(target).see(context.method().getGenericReturnType());
        return type.raw() == Optional.class ? type.argument(Optional.class, 0) : type;
    }

    /** What is declared at its end. */
    public Class<?> type() {
        return type;
    }

    /**
     * What stands at its end in {@code value}, a result or the content of one; null where a step is null.
     *
     * @throws IllegalStateException where reading it throws
     */
    public @Nullable Object of(Object value) {
        Object part = value;
        for (Accessor step : steps) {
            if (part == null) {
                return null;
            }
            try {
                part = step.get(part);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("reading it threw " + e, e);
            }
        }
        return part;
    }
}
