package io.cacheaside.samples.demo;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Endless requests in which product n is asked for 1/n^0.99 as often as product 1, as in the YCSB benchmark. */
final class ZipfTraffic implements Traffic {

    private static final double EXPONENT = 0.99;

    private final double[] upTo;
    private final AtomicLong seeds;

    /** Traffic on the products 1 to {@code products}; the same {@code seed} gives the same requests. */
    ZipfTraffic(int products, long seed) {
        upTo = new double[products];
        double sum = 0;
        for (int i = 0; i < products; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            upTo[i] = sum;
        }
        seeds = new AtomicLong(seed);
    }

    @Override
    public int next() {
        double point = new SplittableRandom(seeds.getAndIncrement()).nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, point);
        return 1 + (found >= 0 ? found : -found - 1);
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }
}
