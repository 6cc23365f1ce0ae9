package io.cacheaside.key;

import io.cacheaside.key.TemplateCompiler.Value;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out where the placeholders of one template read from. */
final class PlaceholderCompiler {

    private static final Pattern RESULT = Pattern.compile("#result\\b");

    private final String template;
    private final TemplateContext context;
    private final MethodParameters parameters;
    private final TypeView target;

    PlaceholderCompiler(String template, TemplateContext context) {
        this.template = template;
        this.context = context;
        this.parameters = new MethodParameters(context.method());
        Class<?> declaring = context.method().getDeclaringClass();
        this.target =
                TypeView.of(declaring.isAssignableFrom(context.targetClass()) ? context.targetClass() : declaring);
    }

    /** True where {@code token} reads the method's result. */
    static boolean usesResult(Token token) {
        return token instanceof Token.Reference reference
                ? reference.name().equals("result")
                : token instanceof Token.Spel spel
                        && RESULT.matcher(spel.source()).find();
    }

    /** True where {@code token} reads the element. */
    boolean usesElement(Token token) {
        TemplateContext.Element element = context.element();
        return element != null
                && (token instanceof Token.Reference reference
                        ? reference.name().equals(element.name())
                        : token instanceof Token.Spel spel
                                && Pattern.compile("#" + Pattern.quote(element.name()) + "\\b")
                                        .matcher(spel.source())
                                        .find());
    }

    /** What {@code token}, which is no literal, reads, whatever its parameter is called. */
    String identity(Token token) {
        if (token instanceof Token.Spel spel) {
            return "#{" + spel.source() + "}";
        }
        Token.Reference reference = (Token.Reference) token;
        return usesResult(reference)
                ? reference.source()
                : "#p" + position(reference)
                        + reference.source().substring(1 + reference.name().length());
    }

    /** The text of {@code #method} and {@code #class}; null for anything else. */
    @Nullable
    String constant(Token token) {
        if (!(token instanceof Token.Reference reference)) {
            return null;
        }
        String name = reference.name();
        if (!name.equals("method") && !name.equals("class")) {
            return null;
        }
        refuseAmbiguous(reference);
        if (!reference.steps().isEmpty()) {
            throw problem(reference.steps().get(0).offset(), "#" + name + " is a constant text without parts");
        }
        return name.equals("method") ? context.method().getName() : className();
    }

    /** The value that {@code token}, a reference or an expression, reads. */
    Value compile(Token token) {
        if (token instanceof Token.Reference reference) {
            refuseAmbiguous(reference);
        }
        if (usesResult(token)) {
            requireResult(token);
        }
        return token instanceof Token.Spel spel ? expression(spel) : path((Token.Reference) token);
    }

    private Value path(Token.Reference reference) {
        boolean result = usesResult(reference);
        int position = result ? -1 : position(reference);
        TypeView type = result ? resultType() : argumentType(position);
        if (!result) {
            refuseElementsProperty(reference, position, type.raw());
        }
        PathCompiler path = new PathCompiler(template, "#" + reference.name(), type);
        reference.steps().forEach(path::step);
        Optional<TextRefusal> refusal = TextRefusal.of(path.type());
        if (refusal.isPresent()) {
            boolean isCollection = !result && reference.steps().isEmpty() && isCollection(path.type());
            throw problem(
                    reference.offset(),
                    refusal.get().about(reference.source()) + (isCollection ? forEach(position, "") : ""));
        }
        Root root = result ? Root.result() : Root.argument(position);
        return new Value(reference.source(), reference.offset(), root, path.accessors());
    }

    /** A property that the elements have is often asked of their collection. */
    private void refuseElementsProperty(Token.Reference reference, int position, Class<?> type) {
        if (isCollection(type)
                && !reference.steps().isEmpty()
                && reference.steps().get(0) instanceof Token.Step.Property property
                && Property.find(type, property.name()).isEmpty()) {
            throw problem(
                    property.offset(),
                    "unknown property '" + property.name() + "': #" + reference.name() + " is "
                            + JdkTypes.withArticle(type) + forEach(position, "." + property.name()));
        }
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type);
    }

    /** What to write for a key of each element of the collection at {@code position}, with {@code rest} behind its name. */
    private String forEach(int position, String rest) {
        TemplateContext.Element element = context.element();
        if (element == null) {
            return "; for a key of each element put @Each(\"element\") on the parameter and write #element" + rest;
        }
        return element.parameter() == position ? "; each of its elements is #" + element.name() : "";
    }

    private TypeView argumentType(int position) {
        Type[] types = context.method().getGenericParameterTypes();
        TemplateContext.Element element = context.element();
        return position < types.length || element == null
                ? target.see(types[position])
                : target.see(types[element.parameter()]).argument(Collection.class, 0);
    }

    private Value expression(Token.Spel spel) {
        ExpressionCompiler expressions = context.expressions();
        if (expressions == null) {
            throw problem(spel.offset(), "#{…} is a SpEL expression and needs spring-expression on the class path");
        }
        try {
            TemplateContext.Element element = context.element();
            ExpressionCompiler.Expression expression = element == null
                    ? expressions.compile(spel.source(), context.method())
                    : expressions.compile(spel.source(), context.method(), element.name());
            return new Value("#{" + spel.source() + "}", spel.offset(), expression::evaluate, List.of());
        } catch (IllegalArgumentException e) {
            throw problem(spel.offset(), "#{…} does not compile: " + e.getMessage());
        }
    }

    private void requireResult(Token token) {
        if (!context.resultAllowed()) {
            throw problem(
                    token.offset(),
                    "#result is not known before the method runs, so no key and no tag of a read has it");
        }
        if (context.method().getReturnType() == void.class) {
            throw problem(token.offset(), "there is no #result, because " + parameters.signature() + " returns void");
        }
    }

    private TypeView resultType() {
        TypeView type = target.see(context.method().getGenericReturnType());
        return type.raw() == Optional.class ? type.argument(Optional.class, 0) : type;
    }

    private int position(Token.Reference reference) {
        if (usesElement(reference)) {
            return context.method().getParameterCount();
        }
        int position = parameters.position(reference.name());
        if (position < 0) {
            throw problem(reference.offset(), parameters.unknown(reference.name(), context.element()));
        }
        return position;
    }

    private void refuseAmbiguous(Token.Reference reference) {
        parameters.ambiguity(reference.name()).ifPresent(sentence -> {
            throw problem(reference.offset(), sentence);
        });
    }

    /** A proxy's class is made up at run time, so it stands for the class or interface behind it. */
    private String className() {
        Method method = context.method();
        Class<?> type = context.targetClass();
        while (type.getName().contains("$$") && type.getSuperclass() != null) {
            type = type.getSuperclass();
        }
        boolean madeUp = Proxy.isProxyClass(type) || type == Object.class;
        return (madeUp ? method.getDeclaringClass() : type).getName();
    }

    private TemplateException problem(int offset, String sentence) {
        return new TemplateException(template, offset, sentence);
    }
}
