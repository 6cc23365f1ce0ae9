package io.cacheaside.aspect.plan;

import io.cacheaside.annotation.Each;
import io.cacheaside.aspect.adapt.TypeArguments;
import io.cacheaside.key.TemplateContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The parameter whose elements are cached or invalidated one by one.
 *
 * @param name what templates call an element
 * @param type of the parameter
 */
public record EachParameter(int position, String name, Class<?> type) {

    private static final Set<Class<?>> READABLE = Set.of(Collection.class, List.class, Set.class);
    private static final Pattern RESERVED = Pattern.compile("result|method|class|root|this|[pa]\\d+");

    /** True where a parameter of {@code method} is one, right or wrong. */
    static boolean isOn(AnnotatedMethod method) {
        return Arrays.stream(method.method().getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(Each.class));
    }

    /** The parameter of {@code method}; null where it has none, or a wrong one and its problem was added. */
    static @Nullable EachParameter of(AnnotatedMethod method, Problems problems) {
        String where = method.where() + " @Each";
        Annotation[][] annotations = method.method().getParameterAnnotations();
        EachParameter found = null;
        for (int i = 0; i < annotations.length; i++) {
            for (Annotation annotation : annotations[i]) {
                if (annotation instanceof Each each && found != null) {
                    problems.add(
                            where,
                            "stands on two parameters, and a batch has the elements of one: '" + found.name + "' and '"
                                    + each.value() + "'");
                    return null;
                } else if (annotation instanceof Each each) {
                    found = new EachParameter(
                            i, each.value(), method.parameters().get(i));
                }
            }
        }
        return found == null || found.isUsable(method, where, problems) ? found : null;
    }

    private boolean isUsable(AnnotatedMethod method, String where, Problems problems) {
        if (!Collection.class.isAssignableFrom(type)) {
            problems.add(
                    where,
                    "parameter " + position + " is a " + type.getSimpleName()
                            + " and no Collection: declare it as a Collection, List or Set of the elements");
            return false;
        }
        if (method.reads() && !READABLE.contains(type)) {
            problems.add(
                    where,
                    "parameter " + position + " is a " + type.getSimpleName()
                            + ", and the method is called with a part of its elements: write Collection, List or Set");
            return false;
        }
        if (name.startsWith("#")) {
            problems.add(where, "'" + name + "' cannot name an element: leave the # to the templates that name it");
            return false;
        }
        if (!SourceVersion.isIdentifier(name) || RESERVED.matcher(name).matches() || isParameter(method.method())) {
            problems.add(
                    where, "'" + name + "' cannot name an element: write a name that nothing else in a template has");
            return false;
        }
        return true;
    }

    private boolean isParameter(Method method) {
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isNamePresent() && parameter.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The class of an element, for messages and to compare; Object where the parameter does not say. */
    Class<?> elementType(AnnotatedMethod method) {
        return TypeArguments.erase(TypeArguments.argument(
                TypeArguments.resolve(method.method().getGenericParameterTypes()[position], method.target()), type));
    }

    /** What is wrong with a write that names no element. */
    String unusedIn(AnnotatedMethod method) {
        return "no key and no tag names #" + name + ", so no element is invalidated"
                + (method.writesThrough()
                        ? "; @WriteThrough stores one value and knows no elements: write @Invalidate for them"
                        : "");
    }

    /** What templates know of it. */
    TemplateContext.Element element() {
        return new TemplateContext.Element(name, position);
    }

    /** An argument that has {@code elements}. */
    public Collection<?> collection(List<?> elements) {
        return type == Set.class ? new LinkedHashSet<>(elements) : new ArrayList<>(elements);
    }
}
