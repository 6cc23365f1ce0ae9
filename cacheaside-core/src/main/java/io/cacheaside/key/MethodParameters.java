package io.cacheaside.key;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The parameters of an annotated method by name and by position. */
final class MethodParameters {

    private static final Set<String> RESERVED = Set.of("result", "method", "class");
    private static final Pattern POSITION = Pattern.compile("p(\\d{1,3})");

    private final Method method;
    private final Parameter[] parameters;

    MethodParameters(Method method) {
        this.method = method;
        this.parameters = method.getParameters();
    }

    /** Position of {@code #name}; -1 if there is no such parameter. */
    int position(String name) {
        int named = named(name);
        return named >= 0 ? named : numbered(name);
    }

    /** What is wrong where {@code #name} could mean two things. */
    Optional<String> ambiguity(String name) {
        int named = named(name);
        if (named < 0 || !RESERVED.contains(name) && (numbered(name) < 0 || numbered(name) == named)) {
            return Optional.empty();
        }
        String other =
                RESERVED.contains(name) ? "has a meaning of its own" : "also means parameter " + name.substring(1);
        return Optional.of("#" + name + " is a parameter's name and " + other + ": write "
                + (RESERVED.contains(name) ? "#p" + named + " for the parameter" : "another name for it"));
    }

    /** Why there is no {@code #name}, and what there is, {@code element} too. */
    String unknown(String name, TemplateContext.@Nullable Element element) {
        String unknown = "unknown parameter #" + name + ": ";
        if (parameters.length == 0) {
            return unknown + signature() + " has no parameters";
        }
        if (!parameters[0].isNamePresent() && !POSITION.matcher(name).matches()) {
            return unknown + method.getDeclaringClass().getName()
                    + " was compiled without -parameters, so add that compiler option or write "
                    + positions() + " of " + signature();
        }
        return unknown + signature() + " has " + known() + (element == null ? forEach(name) : element(element));
    }

    private String element(TemplateContext.Element element) {
        return ", and #" + element.name() + " for each element of #p" + element.parameter();
    }

    /** A name for the elements of a collection is often forgotten to be declared. */
    private String forEach(String name) {
        return Arrays.stream(parameters).noneMatch(parameter -> Collection.class.isAssignableFrom(parameter.getType()))
                ? ""
                : "; for a key of each element of a collection put @Each(\"" + name + "\") on that parameter";
    }

    /** The method as messages print it: {@code find(long, String)}. */
    String signature() {
        return Arrays.stream(parameters)
                .map(parameter -> JdkTypes.name(parameter.getType()))
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private String positions() {
        return parameters.length == 1 ? "#p0" : "#p0 to #p" + (parameters.length - 1);
    }

    private String known() {
        return IntStream.range(0, parameters.length)
                .mapToObj(i ->
                        parameters[i].isNamePresent() ? "#" + parameters[i].getName() + " (#p" + i + ")" : "#p" + i)
                .collect(Collectors.joining(", "));
    }

    private int named(String name) {
        return IntStream.range(0, parameters.length)
                .filter(i ->
                        parameters[i].isNamePresent() && parameters[i].getName().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private int numbered(String name) {
        Matcher position = POSITION.matcher(name);
        int number = position.matches() ? Integer.parseInt(position.group(1)) : -1;
        return number < parameters.length ? number : -1;
    }
}
