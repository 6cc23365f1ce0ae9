package io.cacheaside.codec;

import io.cacheaside.error.ConfigurationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Class ids that depend on the class name alone, never on the order of registration: the first bytes of the name's
 * SHA-256, cut to 28 bits so that an id takes four bytes. Two names with one id are refused.
 */
final class ClassIds {

    /** Below are Kryo's own ids and the two that mean "null" and "by name". */
    private static final int FIRST = 64;

    private static final int COUNT = (1 << 28) - 2 * FIRST;

    private final ConcurrentMap<Integer, String> names = new ConcurrentHashMap<>();

    static int of(String name) {
        return FIRST + (int) Long.remainderUnsigned(Fingerprints.of(name), COUNT);
    }

    /** The id of {@code name}. */
    int claim(String name) {
        int id = of(name);
        String other = names.putIfAbsent(id, name);
        if (other != null && !other.equals(name)) {
            throw new ConfigurationException("the classes " + other + " and " + name + " have the same class id " + id
                    + " by an accident of hashing; rename one of them");
        }
        return id;
    }
}
