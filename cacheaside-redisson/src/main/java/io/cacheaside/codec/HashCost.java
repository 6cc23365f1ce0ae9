package io.cacheaside.codec;

import io.cacheaside.error.CodecException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Hashtable;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Refuses what would take time out of proportion to be put into a set or a map, and counts what that allocates. */
final class HashCost {

    /** Steps for each element. So many equal hashes in a row harm nobody, and fewer elements need no look. */
    private static final int STEPS = 128;

    private static final int MOST_OF_SLOW_KINDS = 4_096;
    private static final Set<Class<?>> SLOW_KINDS = Set.of(CopyOnWriteArraySet.class, Hashtable.class);
    private static final int SPREAD = 0x9E37_79B9;

    /** A chain of a hash table that is longer becomes a tree. */
    private static final int LONGEST_CHAIN = 8;

    /** For each element in a tree: its second node, and what is looked up to find an order. */
    private static final int TREE_NODE = 256;

    private HashCost() {}

    /** Kinds that compare each element with each other one, or never make trees of their chains. */
    static void refuseMany(Class<?> kind, int size) {
        if (size > MOST_OF_SLOW_KINDS && SLOW_KINDS.contains(kind)) {
            throw new CodecException(size + " elements are too many for a " + kind.getName());
        }
    }

    /**
     * Looks at the hashes of {@code keys} and refuses too many equal ones.
     *
     * @param asTheyAre the immutable collections take hashes as they are; others only suffer from equal ones
     * @param composite whether the elements hold collections, so that comparing two allocates
     * @return with how many others one of them shares its hash, at most; 0 unless {@code composite}
     */
    static int look(@Nullable Object[] keys, boolean asTheyAre, boolean composite, Budget budget) {
        boolean few = keys.length <= LONGEST_CHAIN;
        if (few && !composite) {
            return 0;
        }
        budget.chargeArray(keys.length, Integer.BYTES);
        int[] hashes = new int[keys.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Objects.hashCode(keys[i]);
        }
        if (!few) {
            chargeTrees(hashes, budget);
        }
        if (hashes.length > STEPS) {
            refuseClashes(hashes, asTheyAre, budget);
        }
        return composite ? longestRun(hashes) - 1 : 0;
    }

    /** Counts the chains of a {@code HashMap} of the usual size. */
    private static void chargeTrees(int[] hashes, Budget budget) {
        int slots = Integer.highestOneBit(hashes.length + hashes.length / 3) << 1;
        budget.chargeArray(slots, 1);
        byte[] chains = new byte[slots];
        for (int hash : hashes) {
            int slot = (hash ^ hash >>> 16) & slots - 1;
            if (chains[slot] < LONGEST_CHAIN) {
                chains[slot]++;
            } else {
                budget.charge(chains[slot] == LONGEST_CHAIN ? (long) LONGEST_CHAIN * TREE_NODE : TREE_NODE);
                chains[slot] = LONGEST_CHAIN + 1;
            }
        }
    }

    /** Puts the hashes into a table as {@code Set.of} does and counts the steps. */
    private static void refuseClashes(int[] hashes, boolean asTheyAre, Budget budget) {
        int slots = 2 * hashes.length;
        budget.chargeArray(slots, 1);
        BitSet taken = new BitSet(slots);
        long steps = 0;
        for (int hash : hashes) {
            int wanted = Math.floorMod(asTheyAre ? hash : hash * SPREAD, slots);
            int free = taken.nextClearBit(wanted);
            steps += free - wanted;
            taken.set(free < slots ? free : taken.nextClearBit(0));
            if (steps > (long) STEPS * hashes.length) {
                throw new CodecException("too many elements have the same hash");
            }
        }
    }

    /** Sorts {@code hashes}. */
    private static int longestRun(int[] hashes) {
        Arrays.sort(hashes);
        int longest = 1;
        int begin = 0;
        for (int i = 1; i < hashes.length; i++) {
            begin = hashes[i] == hashes[i - 1] ? begin : i;
            longest = Math.max(longest, i - begin + 1);
        }
        return longest;
    }
}
