package io.cacheaside.engine;

import java.math.BigDecimal;

/** Compares the versions of two values. */
final class Versions {

    private Versions() {}

    /**
     * As {@link Comparable#compareTo}; numbers by their value, whatever their types.
     *
     * @throws IllegalArgumentException where they do not compare
     */
    static int compare(Object one, Object other) {
        if (one instanceof Number a && other instanceof Number b && a.getClass() != b.getClass()) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        if (one instanceof Comparable<?> && one.getClass() == other.getClass()) {
            return compareSame(one, other);
        }
        throw new IllegalArgumentException("a version of " + one.getClass().getName() + " does not compare with one of "
                + other.getClass().getName());
    }

    @SuppressWarnings("unchecked") // both are of the same class
    private static <T> int compareSame(Object one, Object other) {
        return ((Comparable<T>) one).compareTo((T) other);
    }
}
