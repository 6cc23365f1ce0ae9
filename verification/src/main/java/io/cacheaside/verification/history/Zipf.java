package io.cacheaside.verification.history;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Keys 0 to n-1 by Zipf's law with exponent 1: key k is asked for in proportion to 1/(k+1). Immutable. */
public final class Zipf {

    private final double[] upTo;

    /** Of {@code keys} keys. */
    public Zipf(int keys) {
        upTo = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += 1.0 / (key + 1);
            upTo[key] = sum;
        }
    }

    /** The next key. */
    public int next(RandomGenerator random) {
        int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at, upTo.length - 1);
    }
}
