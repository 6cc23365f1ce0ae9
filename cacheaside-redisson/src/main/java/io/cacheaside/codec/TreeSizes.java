package io.cacheaside.codec;

import java.util.Arrays;

/**
 * How large the objects of a payload are as trees, in bytes: where a reference stands, all that it refers to counts
 * again. That is what hashing an object costs, and with references it can be exponential in the bytes: two sets that
 * both hold the next two, a hundred times over.
 *
 * <p>An object ends where the next one begins at its depth or above. A reference to one that has not ended counts what
 * was read of it before its part that is being read, since the rest is not set yet.
 */
final class TreeSizes {

    private static final long TOO_MUCH = 1L << 48;
    private static final int KEPT = 2048;

    /** By id: the size, or while the object is being read the complement of where it began. */
    private long[] sizes = new long[64];

    private int[] openIds = new int[64];
    private int[] openDepths = new int[64];
    private int open;
    private long repeated;

    /** Object {@code id} begins at {@code depth}, {@code position} bytes into the payload. */
    void begin(int id, int depth, int position) {
        end(depth, position);
        if (id >= sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * id);
        }
        if (open == openIds.length) {
            openIds = Arrays.copyOf(openIds, 2 * open);
            openDepths = Arrays.copyOf(openDepths, 2 * open);
        }
        sizes[id] = ~at(position);
        openIds[open] = id;
        openDepths[open++] = depth;
    }

    /** A reference to object {@code id} stands at {@code depth}. */
    void refer(int id, int depth, int position) {
        end(depth, position);
        if (repeated < TOO_MUCH) {
            repeated += sizes[id] >= 0 ? sizes[id] : readBefore(id);
        }
    }

    /** Size of all that was read until {@code position}. */
    long at(int position) {
        return position + repeated;
    }

    /** True once sizes are no longer counted. */
    boolean isTooMuch() {
        return repeated >= TOO_MUCH;
    }

    void reset() {
        open = 0;
        repeated = 0;
        if (sizes.length > KEPT) {
            sizes = new long[KEPT];
        }
    }

    private void end(int depth, int position) {
        while (open > 0 && openDepths[open - 1] >= depth) {
            int id = openIds[--open];
            sizes[id] = at(position) - ~sizes[id];
        }
    }

    private long readBefore(int id) {
        int inner = Arrays.binarySearch(openIds, 0, open, id) + 1;
        return inner < open ? ~sizes[openIds[inner]] - ~sizes[id] : 0;
    }
}
