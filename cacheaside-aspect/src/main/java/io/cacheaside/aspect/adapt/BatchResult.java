package io.cacheaside.aspect.adapt;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a method returns for many elements into their values, and back. A null value is an absent element. */
public sealed interface BatchResult {

    /** The type of the stored values, resolved against the class that is called. */
    Type stored();

    /**
     * The values of {@code elements} in what the method returned for them.
     *
     * @param where the method for messages
     * @throws IllegalStateException where nobody can tell whose the values are
     */
    @Nullable
    Object[] values(@Nullable Object returned, List<?> elements, String where);

    /** One of the keys, none of {@code elements}, that have a value in what the method returned; null: there is none. */
    @Nullable
    Object foreign(@Nullable Object returned, List<?> elements);

    /** What the caller gets who asked for {@code elements}, which have {@code values}. */
    Object returned(List<?> elements, List<?> values);

    /**
     * The adapter for what {@code method} returns for elements of class {@code element}, when it is called on objects of
     * {@code target}.
     *
     * @throws IllegalArgumentException with one sentence, where such results cannot be cached
     */
    static BatchResult of(Method method, Class<?> target, Class<?> element) {
        Type type = TypeArguments.resolve(method.getGenericReturnType(), target);
        Class<?> raw = TypeArguments.erase(type);
        if (raw != Map.class && Map.class.isAssignableFrom(raw)
                || raw != List.class && List.class.isAssignableFrom(raw)) {
            throw new IllegalArgumentException("the return type " + type.getTypeName()
                    + " cannot be made for the caller, who gets cached values too: declare it as a "
                    + (Map.class.isAssignableFrom(raw) ? "Map" : "List"));
        }
        if (raw != Map.class && raw != List.class) {
            throw new IllegalArgumentException("the return type " + type.getTypeName()
                    + " does not say which value is whose: with @Each return a Map of the elements to their values, or a"
                    + " List with one value for each element, in their order");
        }
        if (!(type instanceof ParameterizedType parameterized)) {
            throw new IllegalArgumentException(
                    "the raw return type " + type.getTypeName() + " does not say which classes may be stored");
        }
        Type[] arguments = parameterized.getActualTypeArguments();
        Type stored = TypeArguments.bounded(arguments[arguments.length - 1]);
        if (TypeArguments.erase(stored) == Optional.class) {
            throw new IllegalArgumentException("an absent element has no value: leave it out of the map, or write null"
                    + " in its place in the list, instead of an Optional");
        }
        ReturnTypes.check(stored);
        Class<?> key = TypeArguments.erase(TypeArguments.bounded(arguments[0]));
        if (raw == Map.class && !key.isAssignableFrom(element) && !element.isAssignableFrom(key)) {
            throw new IllegalArgumentException("the map's keys are " + key.getName() + " and the elements are "
                    + element.getName() + ", so no value would ever be found: return a map of the elements");
        }
        return raw == Map.class ? new MapResult(stored) : new ListResult(stored);
    }

    /** A map of the elements that there are. */
    record MapResult(Type stored) implements BatchResult {

        @Override
        public @Nullable Object[] values(@Nullable Object returned, List<?> elements, String where) {
            return elements.stream().map(element -> get(returned, element)).toArray();
        }

        @Override
        public @Nullable Object foreign(@Nullable Object returned, List<?> elements) {
            if (!(returned instanceof Map<?, ?> map) || map.isEmpty()) {
                return null;
            }
            Set<?> asked = new HashSet<>(elements);
            long own = asked.stream().filter(element -> has(map, element)).count();
            return own >= map.size()
                    ? null
                    : map.keySet().stream()
                            .filter(key -> key != null && !asked.contains(key))
                            .findFirst()
                            .orElse(null);
        }

        @Override
        public Object returned(List<?> elements, List<?> values) {
            Map<@Nullable Object, Object> result = new LinkedHashMap<>(Math.max(16, elements.size() * 4 / 3 + 1));
            for (int i = 0; i < elements.size(); i++) {
                Object value = values.get(i);
                if (value != null) {
                    result.put(elements.get(i), value);
                }
            }
            return result;
        }

        private static @Nullable Object get(@Nullable Object returned, @Nullable Object element) {
            return returned instanceof Map<?, ?> map && has(map, element) ? map.get(element) : null;
        }

        /** Some maps throw when they are asked for null, or for what they cannot compare. */
        private static boolean has(Map<?, ?> map, @Nullable Object element) {
            try {
                return map.containsKey(element);
            } catch (NullPointerException | ClassCastException e) {
                return false;
            }
        }
    }

    /** A list with the value of each element in its place. */
    record ListResult(Type stored) implements BatchResult {

        @Override
        public @Nullable Object[] values(@Nullable Object returned, List<?> elements, String where) {
            if (returned instanceof List<?> list && list.size() == elements.size()) {
                return list.toArray();
            }
            throw new IllegalStateException(where + " returned "
                    + (returned instanceof List<?> list ? list.size() + " values" : "null") + " for "
                    + elements.size() + " elements, so nobody knows whose they are: return one value for each element,"
                    + " in their order and null where there is none, or a Map");
        }

        @Override
        public @Nullable Object foreign(@Nullable Object returned, List<?> elements) {
            return null;
        }

        @Override
        public Object returned(List<?> elements, List<?> values) {
            return new ArrayList<>(values);
        }
    }
}
