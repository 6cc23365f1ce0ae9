package io.cacheaside.codec;

import io.cacheaside.error.ConfigurationException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One walk from a declared type to everything that it can hold. Classes of the application count with their names, their
 * fields and those fields' types; classes of the JDK count by name, since their inside differs between releases.
 */
final class TypeWalk {

    /** A generic type that grows while it is followed ({@code class A<T> { A<List<T>> next; }}) would never end. */
    private static final int LONGEST_NAME = 4_000;

    private static final int MOST_TYPES = 2_000;

    /** Part of every fingerprint; changes when the bytes of any serializer change. */
    private static final String WIRE_FORMAT = "cacheaside-kryo-1\n";

    private static final String TOLERANT_WIRE_FORMAT = "cacheaside-kryo-tolerant-1\n";

    private final AllowList allowList;
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Map<String, String> lines = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private TypeWalk(AllowList allowList) {
        this.allowList = allowList;
    }

    /**
     * The schema of {@code type}.
     *
     * @throws ConfigurationException with all places where the type is open or holds what cannot be stored
     */
    static Schema schemaOf(Type type, AllowList allowList) {
        ResolvedType root = ResolvedType.of(type).boxed();
        if (root.raw() == Object.class || root.raw() == Void.class) {
            throw new ConfigurationException(
                    "values declared as " + type.getTypeName() + " cannot be stored: name the class of the value");
        }
        TypeWalk walk = new TypeWalk(allowList);
        walk.visit(root, "the declared type " + root);
        if (!walk.problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(new LinkedHashSet<>(walk.problems)));
        }
        return new Schema(root.raw(), Set.copyOf(walk.classes), walk.fingerprint(root));
    }

    /** Hash over the declared type alone, for payloads that describe all else. */
    static long tolerantFingerprint(Type type) {
        return Fingerprints.of(TOLERANT_WIRE_FORMAT + ResolvedType.of(type).boxed());
    }

    private long fingerprint(ResolvedType root) {
        StringBuilder text = new StringBuilder(WIRE_FORMAT).append(root).append('\n');
        lines.forEach((type, line) -> text.append(type).append(' ').append(line).append('\n'));
        return Fingerprints.of(text.toString());
    }

    private void visit(ResolvedType type, String place) {
        String name = type.toString();
        if (lines.size() >= MOST_TYPES || name.length() > LONGEST_NAME) {
            problems.add(place + ": the types that follow from the declared one do not end");
        } else if (lines.putIfAbsent(name, "") == null) {
            lines.put(name, describe(type, place));
        }
    }

    private String describe(ResolvedType type, String place) {
        Class<?> raw = type.raw();
        if (raw.isPrimitive() || JdkTypes.isValue(raw)) {
            return "value";
        }
        if (raw.isArray()) {
            return array(type, place);
        }
        if (raw.isEnum()) {
            classes.add(raw);
            return EnumSerializer.isByName(raw) ? "jdk enum" : "enum " + EnumSerializer.names(raw);
        }
        if (JdkTypes.isContainer(raw)) {
            type.arguments().forEach(argument -> visit(argument, place));
            return "jdk";
        }
        return AllowList.isJdk(raw.getName()) ? jdkClass(type, place) : applicationClass(type, place);
    }

    private String array(ResolvedType type, String place) {
        if (!type.raw().getComponentType().isPrimitive()) {
            classes.add(type.raw());
        }
        visit(type.arguments().get(0), place);
        return "array";
    }

    private String jdkClass(ResolvedType type, String place) {
        if (type.raw() == Object.class || type.raw().isInterface()) {
            return open(type, place);
        }
        problems.add(place + ": " + type.raw().getName() + " is no class whose values can be stored");
        return "";
    }

    private String applicationClass(ResolvedType type, String place) {
        Class<?> raw = type.raw();
        if (raw.isSealed()) {
            String own = Modifier.isAbstract(raw.getModifiers()) ? "" : concrete(type, place);
            return own + permitted(type, place);
        }
        if (Modifier.isAbstract(raw.getModifiers())) {
            return open(type, place);
        }
        // the class is not written where it is final
        return concrete(type, place)
                + (Modifier.isFinal(raw.getModifiers()) ? "" : " not final" + candidates(type, place));
    }

    private String permitted(ResolvedType type, String place) {
        List<String> names = new ArrayList<>();
        for (Class<?> subclass : type.raw().getPermittedSubclasses()) {
            names.add(subclass.getName());
            visit(type.subtype(subclass), place);
        }
        names.sort(null);
        return "sealed " + names;
    }

    private String open(ResolvedType type, String place) {
        String candidates = candidates(type, place);
        boolean named = type.raw() == Object.class || AllowList.isJdk(type.raw().getName())
                ? !allowList.isEmpty()
                : !candidates.isEmpty() || !allowList.packages().isEmpty();
        if (!named) {
            problems.add(place + ": " + type + " leaves the class of the value open; allow the classes that occur there"
                    + " (cacheaside.codec.allowed-packages, KryoCodec.Builder.allow), or declare a narrower"
                    + " type");
        }
        return "open " + candidates;
    }

    private String candidates(ResolvedType type, String place) {
        List<String> names = new ArrayList<>();
        for (Class<?> allowed : allowList.classes()) {
            if (type.raw().isAssignableFrom(allowed) && type.raw() != allowed) {
                names.add(allowed.getName());
                visit(type.subtype(allowed), "the allowed class " + allowed.getName() + " for " + place);
            }
        }
        names.sort(null);
        return names.isEmpty() ? "" : names.toString();
    }

    private String concrete(ResolvedType type, String place) {
        Class<?> raw = type.raw();
        String refusal = Fields.refusal(raw);
        if (refusal != null) {
            problems.add(place + ": " + raw.getName() + " " + refusal);
            return "";
        }
        classes.add(raw);
        return raw.isRecord() ? components(type) : fields(type);
    }

    private String components(ResolvedType type) {
        StringBuilder text = new StringBuilder("record");
        for (RecordComponent component : type.raw().getRecordComponents()) {
            member(type, type.raw(), component.getName(), component.getGenericType(), text);
        }
        return text.toString();
    }

    private String fields(ResolvedType type) {
        StringBuilder text = new StringBuilder("class");
        ResolvedType owner = type;
        while (owner.raw() != Object.class) {
            for (Field field : Fields.declaredBy(owner.raw())) {
                member(owner, owner.raw(), field.getName(), field.getGenericType(), text);
            }
            owner = ResolvedType.of(owner.raw().getGenericSuperclass(), owner.bindings());
        }
        return text.toString();
    }

    private void member(ResolvedType owner, Class<?> declaring, String name, Type type, StringBuilder text) {
        ResolvedType resolved = ResolvedType.of(type, owner.bindings());
        text.append(' ')
                .append(declaring.getName())
                .append('.')
                .append(name)
                .append(':')
                .append(resolved);
        visit(resolved, declaring.getName() + "." + name);
    }
}
