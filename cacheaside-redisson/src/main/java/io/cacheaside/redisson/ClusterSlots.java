package io.cacheaside.redisson;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The slots of a cluster as their masters tell of them, each of its own only: of the others it has heard.
 *
 * @param owned of each master its id, the epoch of its configuration, and its slots. A slot that has left and come back has
 *     changed an epoch
 */
record ClusterSlots(Set<String> owned) {

    /** Those of a server that has none. */
    static final ClusterSlots NONE = new ClusterSlots(Set.of());

    private static final int ALL = 16_384;

    /** Fields of a line of CLUSTER NODES; from the last one on stand the slots. */
    private static final int ID = 0;

    private static final int FLAGS = 2;
    private static final int EPOCH = 6;
    private static final int SLOTS = 8;

    /**
     * What {@code views} say, the answers of all masters to CLUSTER NODES.
     *
     * @throws IllegalStateException where a slot is being moved, or is not served by exactly one of them: a pass over these
     *     masters would not meet all keys
     */
    static ClusterSlots of(List<String> views) {
        Set<String> owned = new HashSet<>();
        BitSet served = new BitSet(ALL);
        for (String view : views) {
            String[] fields = myself(view);
            StringBuilder own = new StringBuilder(fields[ID]).append(' ').append(fields[EPOCH]);
            for (int i = SLOTS; i < fields.length; i++) {
                serve(fields[i], served);
                own.append(' ').append(fields[i]);
            }
            owned.add(own.toString());
        }
        if (served.cardinality() != ALL) {
            throw new IllegalStateException("The masters that are known serve " + served.cardinality() + " of the "
                    + ALL + " slots of the cluster");
        }
        return new ClusterSlots(owned);
    }

    private static String[] myself(String view) {
        return view.lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields[FLAGS].contains("myself"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A node of the cluster does not tell of itself"));
    }

    private static void serve(String range, BitSet served) {
        if (range.startsWith("[")) {
            throw new IllegalStateException("A slot of the cluster is being moved: " + range);
        }
        String[] ends = range.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int end = Integer.parseInt(ends[ends.length - 1]) + 1;
        if (!served.get(first, end).isEmpty()) {
            throw new IllegalStateException("Two masters claim slots of " + range);
        }
        served.set(first, end);
    }
}
