package io.cacheaside.verification.history;

import java.util.Arrays;

/**
 * The highest version of one key that was known by a time. Built from {@code (time, version)} pairs in any order; sorts
 * them once, then answers in logarithmic time. Not thread-safe.
 */
final class Floor {

    private long[] times = new long[8];
    private int[] versions = new int[8];
    private int size;
    private boolean sorted = true;

    void add(long time, int version) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            versions = Arrays.copyOf(versions, 2 * size);
        }
        times[size] = time;
        versions[size++] = version;
        sorted = false;
    }

    /** The highest version of all pairs before {@code time}; 0 where there is none. */
    int before(long time) {
        int count = countBefore(time);
        return count == 0 ? 0 : versions[count - 1];
    }

    /** When a version above {@code version} was known for the first time; {@code Long.MAX_VALUE} where it never was. */
    long firstAbove(int version) {
        sort();
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (versions[middle] > version) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == size ? Long.MAX_VALUE : times[low];
    }

    private int countBefore(long time) {
        sort();
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** By time; then each version is the highest up to there. */
    private void sort() {
        if (sorted) {
            return;
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
        long[] byTime = new long[size];
        int[] highest = new int[size];
        for (int i = 0; i < size; i++) {
            byTime[i] = times[order[i]];
            highest[i] = Math.max(versions[order[i]], i == 0 ? 0 : highest[i - 1]);
        }
        times = byTime;
        versions = highest;
        sorted = true;
    }
}
