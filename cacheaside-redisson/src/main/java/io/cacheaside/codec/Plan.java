package io.cacheaside.codec;

import io.cacheaside.error.CodecException;

/**
 * How the members that a payload has are read into the members of the class as it is here.
 *
 * @param targets by index in the payload the index here, or {@link #UNKNOWN}
 * @param slots by index in the payload
 * @param missing how many members here the payload has nothing for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Plan(int[] targets, Slot[] slots, int missing) {

    static final int UNKNOWN = -1;

    /**
     * How {@code written} is read by {@code here}.
     *
     * @throws CodecException where members were added and others removed: one may be the other with a new name or type
     */
    static Plan of(Layout written, Layout here) {
        int[] targets = new int[written.members().length];
        boolean[] found = new boolean[here.members().length];
        int known = 0;
        for (int i = 0; i < targets.length; i++) {
            targets[i] = indexOf(written.members()[i], here.members());
            if (targets[i] != UNKNOWN) {
                if (found[targets[i]]) {
                    throw new CodecException("a member occurs twice");
                }
                found[targets[i]] = true;
                known++;
            }
        }
        if (known < targets.length && known < found.length) {
            throw new CodecException("its fields were renamed or have another type where it was written");
        }
        return new Plan(targets, written.slots(), found.length - known);
    }

    private static int indexOf(long member, long[] members) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == member) {
                return i;
            }
        }
        return UNKNOWN;
    }
}
