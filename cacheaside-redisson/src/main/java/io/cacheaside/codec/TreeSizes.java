package io.cacheaside.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How large the objects of a payload are as trees, in bytes or another measure that grows with the bytes: where a reference stands, all that it refers to counts
 * again. That is what hashing an object costs, and with references it can be exponential in the bytes: two sets that
 * both hold the next two, a hundred times over.
 *
 * <p>An object ends where the next one begins at its depth or above. A reference to one that has not ended counts what
 * was read of it before its part that is being read, since the rest is not set yet.
 */
final class TreeSizes {

    /** Beyond it nothing more is added: no budget reaches so far, and a sum of few of them is no overflow. */
    private static final long TOO_MUCH = 1L << 48;

    private static final int PIECE = 1 << 10;

    /** By id, in pieces, since an array that grows is copied: the size, or of an open object the complement of where it began. */
    private final List<long[]> sizes = new ArrayList<>();

    private int[] openIds = new int[64];
    private int[] openDepths = new int[64];
    private int open;
    private long repeated;

    /** Object {@code id} begins at {@code depth}, {@code position} bytes into the payload. */
    void begin(int id, int depth, int position) {
        end(depth, position);
        while (id >= PIECE * sizes.size()) {
            sizes.add(new long[PIECE]);
        }
        if (open == openIds.length) {
            openIds = Arrays.copyOf(openIds, 2 * open);
            openDepths = Arrays.copyOf(openDepths, 2 * open);
        }
        set(id, ~at(position));
        openIds[open] = id;
        openDepths[open++] = depth;
    }

    /** A reference to object {@code id} stands at {@code depth}. */
    void refer(int id, int depth, int position) {
        end(depth, position);
        if (repeated < TOO_MUCH) {
            long size = get(id);
            repeated += size >= 0 ? size : readBefore(id);
        }
    }

    /** Size of all that was read until {@code position}. */
    long at(int position) {
        return position + repeated;
    }

    void reset() {
        open = 0;
        repeated = 0;
        while (sizes.size() > 1) {
            sizes.remove(sizes.size() - 1);
        }
    }

    private long get(int id) {
        return sizes.get(id / PIECE)[id % PIECE];
    }

    private void set(int id, long size) {
        sizes.get(id / PIECE)[id % PIECE] = size;
    }

    private void end(int depth, int position) {
        while (open > 0 && openDepths[open - 1] >= depth) {
            int id = openIds[--open];
            set(id, at(position) - ~get(id));
        }
    }

    private long readBefore(int id) {
        int inner = Arrays.binarySearch(openIds, 0, open, id) + 1;
        return inner < open ? ~get(openIds[inner]) - ~get(id) : 0;
    }
}
