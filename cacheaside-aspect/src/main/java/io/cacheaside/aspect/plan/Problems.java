package io.cacheaside.aspect.plan;

import io.cacheaside.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mistakes found so far, each once. */
final class Problems {

    private final Set<String> texts = new LinkedHashSet<>();

    void add(String where, String problem) {
        texts.add(where + ": " + problem);
    }

    /** What {@code part} makes; null, with its problems added, where it refuses. */
    <T> @Nullable T attempt(String where, Supplier<T> part) {
        try {
            return part.get();
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> add(where, problem));
        } catch (RuntimeException e) {
            add(where, e.getMessage() != null ? e.getMessage() : e.toString());
        }
        return null;
    }

    void throwIfAny() {
        if (!texts.isEmpty()) {
            throw new ConfigurationException(new ArrayList<>(texts));
        }
    }
}
