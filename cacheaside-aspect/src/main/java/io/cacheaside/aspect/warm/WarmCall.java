package io.cacheaside.aspect.warm;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.ArgumentText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An annotated read of one object, to be called with any arguments: through its proxy or woven, as everybody calls it. */
public final class WarmCall {

    private final String where;
    private final List<Class<?>> parameters;
    private final List<String> names;
    private final Invocation invocation;

    /** Calls the method. */
    @FunctionalInterface
    public interface Invocation {

        /** The method's result. */
        @Nullable
        Object call(@Nullable Object[] args) throws Throwable;
    }

    private WarmCall(AnnotatedMethod method, Invocation invocation) {
        this.where = method.where();
        this.parameters = method.parameters();
        this.names = Arrays.stream(method.method().getParameters())
                .map(java.lang.reflect.Parameter::getName)
                .toList();
        this.invocation = invocation;
    }

    /**
     * The read {@code method} of {@code object}.
     *
     * @param object a proxy, or an object of a woven class
     * @param method the name, with the types of the parameters where there are several: {@code find} or {@code find(long)}
     * @throws ConfigurationException where there is not exactly one such read
     */
    public static WarmCall of(Object object, String method) {
        List<AnnotatedMethod> reads = AnnotatedMethods.of(object.getClass()).stream()
                .filter(AnnotatedMethod::reads)
                .toList();
        List<AnnotatedMethod> found =
                reads.stream().filter(read -> isCalled(method, read)).toList();
        if (found.size() != 1) {
            throw new ConfigurationException(
                    "method = " + method + ": " + object.getClass().getName() + " has "
                            + (found.isEmpty() ? "no" : "more than one") + " read of this name; its reads are "
                            + reads.stream().map(AnnotatedMethod::where).collect(Collectors.joining(", ")));
        }
        Method body = found.get(0).method();
        try {
            body.setAccessible(true);
        } catch (RuntimeException e) {
            throw new ConfigurationException("method = " + method + ": it cannot be called (" + e.getMessage() + ")");
        }
        return of(found.get(0), args -> invoke(body, object, args));
    }

    /** The read {@code method}, called by {@code invocation}. */
    public static WarmCall of(AnnotatedMethod method, Invocation invocation) {
        return new WarmCall(method, invocation);
    }

    /** Calls {@code method} of {@code object}; what it throws comes as thrown. */
    public static @Nullable Object invoke(Method method, Object object, @Nullable Object[] args) throws Throwable {
        try {
            return method.invoke(object, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /**
     * True where {@code name} means {@code method}: its name, alone or after that of its class or the class' full name, with
     * or without the types of its parameters.
     */
    public static boolean isCalled(String name, AnnotatedMethod method) {
        String full = method.where();
        String wanted = name.contains("(") ? name : name + full.substring(full.indexOf('('));
        return full.replace(" ", "").endsWith("." + wanted.replace(" ", "")) || full.equals(wanted);
    }

    /** The method as messages name it: {@code com.shop.Products.find(long)}. */
    public String where() {
        return where;
    }

    /** The types of its parameters. */
    public List<Class<?>> parameters() {
        return parameters;
    }

    /** The parameter {@code index} for messages. */
    String parameter(int index) {
        return "parameter " + names.get(index) + " of " + where;
    }

    /** Why no arguments can be made of texts, as one sentence; null where they can. */
    @Nullable
    String refusal() {
        for (int i = 0; i < parameters.size(); i++) {
            if (!ArgumentText.knows(parameters.get(i))) {
                return parameter(i) + " is of type " + parameters.get(i).getName() + ", which has no text";
            }
        }
        return parameters.isEmpty() ? where + " has no parameters" : null;
    }

    /**
     * The arguments with these texts.
     *
     * @throws IllegalArgumentException with one sentence, where there are none
     */
    @Nullable
    Object[] arguments(List<@Nullable String> texts) {
        if (texts.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    texts.size() + " values, and " + where + " has " + parameters.size() + " parameters");
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            arguments.add(argument(i, texts.get(i)));
        }
        return arguments.toArray();
    }

    private @Nullable Object argument(int index, @Nullable String text) {
        Class<?> type = parameters.get(index);
        if (text == null) {
            requireNullable(index);
            return null;
        }
        try {
            return ArgumentText.parse(text, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (" + parameter(index) + ")", e);
        }
    }

    /** Returns where the parameter takes null. */
    void requireNullable(int index) {
        if (parameters.get(index).isPrimitive()) {
            throw new IllegalArgumentException("null is no " + parameters.get(index) + " (" + parameter(index) + ")");
        }
    }

    void make(@Nullable Object[] args) throws Throwable {
        invocation.call(args);
    }
}
