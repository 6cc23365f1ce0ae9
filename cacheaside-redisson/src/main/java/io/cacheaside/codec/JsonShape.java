package io.cacheaside.codec;

import io.cacheaside.error.ConfigurationException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What JSON a declared type stands for, as a text without names of Java classes: {@code {id:int64,labels:[text]}}. Types
 * of which JSON cannot tell the class of a value, or that lose something, are refused.
 */
final class JsonShape {

    private static final Set<Class<?>> LISTS = Set.of(Collection.class, List.class, ArrayList.class);
    private static final Set<Class<?>> SETS = Set.of(Set.class, HashSet.class, LinkedHashSet.class);
    private static final Set<Class<?>> MAPS = Set.of(Map.class, HashMap.class, LinkedHashMap.class);

    private final Map<Class<?>, String> values;
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final List<String> around = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private JsonShape(Map<Class<?>, String> values) {
        this.values = values;
    }

    /**
     * The schema of {@code type}.
     *
     * @param values JDK classes that are one JSON text, number or boolean, and what they are called
     * @throws ConfigurationException with all places that cannot be stored as JSON
     */
    static Schema schemaOf(Type type, Map<Class<?>, String> values) {
        JsonShape shape = new JsonShape(values);
        ResolvedType root = ResolvedType.of(type).boxed();
        String text = shape.of(root, "the declared type " + root);
        if (!shape.problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(new LinkedHashSet<>(shape.problems)));
        }
        return new Schema(root.raw(), Set.copyOf(shape.classes), Fingerprints.of("cacheaside-json-1\n" + text));
    }

    private String of(ResolvedType type, String place) {
        Class<?> raw = type.raw();
        String value = values.get(raw);
        if (value != null) {
            return value;
        }
        if (raw.isEnum()) {
            return "enum" + EnumSerializer.names(raw);
        }
        if (raw.isArray() || LISTS.contains(raw)) {
            return "[" + of(type.arguments().get(0), place) + "]";
        }
        if (SETS.contains(raw)) {
            return "set[" + of(type.arguments().get(0), place) + "]";
        }
        if (MAPS.contains(raw)) {
            return map(type, place);
        }
        return object(type, place);
    }

    private String map(ResolvedType type, String place) {
        ResolvedType key = type.arguments().get(0);
        if (key.raw() != String.class && !key.raw().isEnum()) {
            problems.add(place + ": a map in JSON has texts or enums as keys, not " + key);
        }
        return "<" + of(key, place) + ":" + of(type.arguments().get(1), place) + ">";
    }

    private String object(ResolvedType type, String place) {
        String refusal = refusal(type.raw());
        if (refusal != null) {
            problems.add(place + ": " + type + " " + refusal);
            return "";
        }
        int level = around.lastIndexOf(type.toString());
        if (level >= 0) {
            return "^" + (around.size() - level);
        }
        if (around.size() > 100) {
            problems.add(place + ": the types that follow from the declared one do not end");
            return "";
        }
        around.add(type.toString());
        classes.add(type.raw());
        Map<String, String> members = type.raw().isRecord() ? components(type) : fields(type);
        around.remove(around.size() - 1);
        StringBuilder text = new StringBuilder();
        members.forEach((name, shape) ->
                text.append(text.isEmpty() ? "" : ",").append(name).append(':').append(shape));
        return "{" + text + "}";
    }

    private static @Nullable String refusal(Class<?> raw) {
        if (AllowList.isJdk(raw.getName())) {
            return "is not known in JSON";
        }
        if (!Modifier.isFinal(raw.getModifiers())) {
            return "is not final: it leaves the class of the value open, and JSON names no classes";
        }
        if (!raw.isRecord()
                && Arrays.stream(raw.getDeclaredConstructors()).noneMatch(c -> c.getParameterCount() == 0)) {
            return "has no constructor without parameters";
        }
        return Fields.refusal(raw);
    }

    private Map<String, String> components(ResolvedType type) {
        Map<String, String> members = new TreeMap<>();
        for (RecordComponent component : type.raw().getRecordComponents()) {
            member(type, component.getName(), component.getGenericType(), members);
        }
        return members;
    }

    private Map<String, String> fields(ResolvedType type) {
        Map<String, String> members = new TreeMap<>();
        ResolvedType owner = type;
        while (owner.raw() != Object.class) {
            for (Field field : Fields.declaredBy(owner.raw())) {
                member(owner, field.getName(), field.getGenericType(), members);
            }
            owner = ResolvedType.of(owner.raw().getGenericSuperclass(), owner.bindings());
        }
        return members;
    }

    private void member(ResolvedType owner, String name, Type type, Map<String, String> members) {
        String place = owner.raw().getName() + "." + name;
        if (members.put(name, of(ResolvedType.of(type, owner.bindings()), place)) != null) {
            problems.add(place + " hides a field of a subclass, and JSON has one of a name");
        }
    }
}
