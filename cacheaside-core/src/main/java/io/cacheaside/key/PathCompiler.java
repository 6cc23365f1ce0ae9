package io.cacheaside.key;

import io.cacheaside.key.Token.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Follows one path from type to type. */
final class PathCompiler {

    private static final Pattern POSITION = Pattern.compile("\\d{1,9}");

    private final String template;
    private final List<Accessor> accessors = new ArrayList<>();
    private String walked;
    private TypeView type;

    /** A path that begins at {@code root} (as written) of type {@code type}. */
    PathCompiler(String template, String root, TypeView type) {
        this.template = template;
        this.walked = root;
        this.type = type;
    }

    /** Goes one step. */
    void step(Step step) {
        if (step instanceof Step.Property property) {
            property(property);
            walked += "." + property.name();
        } else if (step instanceof Step.Index index) {
            index(index);
            walked += "[" + index.text() + "]";
        }
    }

    /** The type at the end of the path. */
    Class<?> type() {
        return type.raw();
    }

    /** The steps gone so far. */
    List<Accessor> accessors() {
        return List.copyOf(accessors);
    }

    private void property(Step.Property step) {
        Class<?> owner = type.raw();
        if (owner.isPrimitive()) {
            throw problem(
                    step, walked + " is a primitive " + owner.getName() + " and has no property '" + step.name() + "'");
        }
        Optional<Property> found = Property.find(owner, step.name());
        if (found.isEmpty()) {
            throw problem(step, unknown(owner, step.name()));
        }
        try {
            accessors.add(found.get().accessor());
        } catch (IllegalAccessException e) {
            throw problem(
                    step,
                    "'" + step.name() + "' of " + owner.getName() + " cannot be read: open package "
                            + owner.getPackageName() + " to cacheaside");
        }
        type = type.see(found.get().type());
    }

    private String unknown(Class<?> owner, String name) {
        List<String> names = Property.names(owner);
        String known = names.isEmpty() ? "has no properties" : "has " + String.join(", ", names);
        return "unknown property '" + name + "': " + walked + " is " + JdkTypes.withArticle(owner) + ", which " + known;
    }

    private void index(Step.Index step) {
        Class<?> owner = type.raw();
        if (owner.isArray()) {
            accessors.add(Accessors.element(owner, position(step)));
            type = type.see(owner.getComponentType());
        } else if (List.class.isAssignableFrom(owner)) {
            accessors.add(Accessors.element(position(step)));
            type = type.argument(List.class, 0);
        } else if (Map.class.isAssignableFrom(owner)) {
            accessors.add(
                    Accessors.entry(mapKey(step, type.argument(Map.class, 0).raw())));
            type = type.argument(Map.class, 1);
        } else {
            throw problem(
                    step,
                    walked + " is " + JdkTypes.withArticle(owner) + "; only an array, a List or a Map has elements");
        }
    }

    private int position(Step.Index step) {
        if (!POSITION.matcher(step.text()).matches()) {
            throw problem(
                    step, "'[" + step.text() + "]' is not a position in " + walked + ": write [0], [1] and so on");
        }
        return Integer.parseInt(step.text());
    }

    private Object mapKey(Step.Index step, Class<?> keyType) {
        if (keyType.isAssignableFrom(String.class)) {
            return step.text();
        }
        if (keyType == Integer.class) {
            return position(step);
        }
        if (keyType == Long.class) {
            return (long) position(step);
        }
        throw problem(
                step, walked + " is a map with keys of type " + JdkTypes.name(keyType) + "; write an expression #{…}");
    }

    private TemplateException problem(Step step, String sentence) {
        return new TemplateException(template, step.offset(), sentence);
    }
}
