package io.cacheaside.key;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why values of a class cannot stand in a key, and what to write instead.
 *
 * @param reason the end of a sentence that begins with the placeholder: "is an array"
 * @param advice what to write instead, with {@code $} in place of the placeholder
 */
record TextRefusal(String reason, String advice) {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<?>> MUTABLE_TEXTS = Set.of(StringBuilder.class, StringBuffer.class);
    private static final List<String> IDENTIFYING = List.of("id", "uuid", "key", "code", "name", "value");

    /** Empty where values of the declared type have a stable text, or may have one. */
    static Optional<TextRefusal> of(Class<?> declared) {
        if (declared.isPrimitive() || TextForm.of(declared).isPresent() || TextForm.isOpen(declared)) {
            return Optional.empty();
        }
        return Optional.of(refuse(declared));
    }

    /** The whole sentence about the placeholder {@code source}. */
    String about(String source) {
        return source + " " + reason + ": " + advice.replace("$", source);
    }

    private static TextRefusal refuse(Class<?> type) {
        String name = JdkTypes.name(type);
        String aName = JdkTypes.withArticle(type);
        if (type.isArray()) {
            return new TextRefusal("is an array (" + name + ")", "write one element, such as $[0]");
        }
        if (List.class.isAssignableFrom(type)) {
            return new TextRefusal("is a collection (" + name + ")", "write one element, such as $[0]");
        }
        if (Map.class.isAssignableFrom(type)) {
            return new TextRefusal("is a map (" + name + ")", "write one value, such as $[name]");
        }
        if (Collection.class.isAssignableFrom(type)) {
            return new TextRefusal("is a collection (" + name + ")", "pass a value that stands for it");
        }
        if (OPTIONALS.contains(type)) {
            return new TextRefusal("is " + aName, "pass the value itself, because an absent one makes no key");
        }
        if (MUTABLE_TEXTS.contains(type)) {
            return new TextRefusal("is a mutable text (" + name + ")", "pass a String");
        }
        if (Date.class.isAssignableFrom(type)) {
            return new TextRefusal("is " + aName + ", whose text depends on the time zone", "write $.time");
        }
        return type.isRecord() && TextForm.hasGeneratedToString(type) ? record(type, name) : object(type, aName);
    }

    private static TextRefusal record(Class<?> type, String name) {
        RecordComponent[] components = type.getRecordComponents();
        String each = Arrays.stream(components).map(c -> "$." + c.getName()).collect(Collectors.joining(":"));
        if (components.length == 1) {
            return new TextRefusal(
                    "is a record (" + name + ") around " + JdkTypes.withArticle(components[0].getType())
                            + ", which has no stable text",
                    "write a part of it");
        }
        return new TextRefusal(
                "is a record of " + components.length + " components (" + name + ") without a toString of its own",
                components.length == 0 ? "it is the same in every key" : "write each that matters, such as " + each);
    }

    private static TextRefusal object(Class<?> type, String aName) {
        List<String> names = Property.names(type);
        String some =
                IDENTIFYING.stream().filter(names::contains).findFirst().orElse(names.isEmpty() ? "" : names.get(0));
        String reason = JdkTypes.contains(type)
                ? "is " + aName + ", which has no text that tells its values apart in every JVM"
                : "is " + aName + " without a toString of its own";
        return new TextRefusal(reason, some.isEmpty() ? "pass a value that stands for it" : "write $." + some);
    }
}
