package io.cacheaside.samples.shop;

import java.util.Arrays;

/**
 * What the queries of one product page cost the database: a product that most customers look at, with many reviews,
 * and one of the middle, with few.
 */
record PageCost(long popularMicros, long middleMicros) {

    private static final int SAMPLES = 301;
    private static final int POPULAR = 50;

    static PageCost measure(ProductTable products, ReviewTable reviews, int count) {
        int popular = Math.min(POPULAR, count);
        median(products, reviews, 1, popular);
        return new PageCost(median(products, reviews, 1, popular), median(products, reviews, count / 2, popular));
    }

    /** Over the products from {@code first}, each asked in turn. */
    private static long median(ProductTable products, ReviewTable reviews, int first, int among) {
        long[] nanos = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            int id = first + i % among;
            long start = System.nanoTime();
            products.find(id);
            reviews.ratings(id);
            reviews.mostHelpful(id);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[SAMPLES / 2] / 1_000;
    }

    @Override
    public String toString() {
        return "Median of a page's queries: " + popularMicros + " µs for the " + POPULAR + " most reviewed products, "
                + middleMicros + " µs for those in the middle";
    }
}
