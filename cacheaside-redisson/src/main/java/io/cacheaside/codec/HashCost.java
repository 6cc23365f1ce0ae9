package io.cacheaside.codec;

import io.cacheaside.error.CodecException;
import java.util.BitSet;
import java.util.Hashtable;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Refuses what would take time out of proportion to be put into a set or a map. */
final class HashCost {

    /** Steps for each element. So many equal hashes in a row harm nobody, and fewer elements need no look. */
    private static final int STEPS = 128;

    private static final int MOST_OF_SLOW_KINDS = 4_096;
    private static final Set<Class<?>> SLOW_KINDS = Set.of(CopyOnWriteArraySet.class, Hashtable.class);
    private static final int SPREAD = 0x9E37_79B9;

    private HashCost() {}

    /** Kinds that compare each element with each other one, or never make trees of their chains. */
    static void refuseMany(Class<?> kind, int size) {
        if (size > MOST_OF_SLOW_KINDS && SLOW_KINDS.contains(kind)) {
            throw new CodecException(size + " elements are too many for a " + kind.getName());
        }
    }

    /**
     * Puts the hashes into a table as {@code Set.of} does and counts the steps.
     *
     * @param asTheyAre the immutable collections take hashes as they are; others only suffer from equal ones
     */
    static void refuseClashes(@Nullable Object[] keys, boolean asTheyAre) {
        if (keys.length <= STEPS) {
            return;
        }
        int slots = 2 * keys.length;
        BitSet taken = new BitSet(slots);
        long steps = 0;
        for (Object key : keys) {
            int hash = Objects.hashCode(key);
            int wanted = Math.floorMod(asTheyAre ? hash : hash * SPREAD, slots);
            int free = taken.nextClearBit(wanted);
            steps += free - wanted;
            taken.set(free < slots ? free : taken.nextClearBit(0));
            if (steps > (long) STEPS * keys.length) {
                throw new CodecException("too many elements have the same hash");
            }
        }
    }
}
