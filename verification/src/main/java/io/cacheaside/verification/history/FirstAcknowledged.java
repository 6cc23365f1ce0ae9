package io.cacheaside.verification.history;

import java.util.Comparator;
import java.util.List;

/** Of the removals of one key that were sent after a time, when the first was acknowledged. Immutable. */
final class FirstAcknowledged {

    private final long[] sent;
    private final long[] first;

    FirstAcknowledged(List<Operation> removals) {
        List<Operation> bySending = removals.stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
        sent = new long[bySending.size()];
        first = new long[bySending.size() + 1];
        first[sent.length] = Long.MAX_VALUE;
        for (int i = sent.length - 1; i >= 0; i--) {
            sent[i] = bySending.get(i).invoked();
            first[i] = Math.min(first[i + 1], bySending.get(i).returned());
        }
    }

    /** {@code Long.MAX_VALUE} where there is none. */
    long after(long time) {
        int low = 0;
        int high = sent.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sent[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return first[low];
    }
}
