package io.cacheaside.samples.demo;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The newest price of each product that everybody has to see.
 *
 * <p>A price counts from the moment at which the request that changed it has returned. A page is stale when its version
 * is lower than the newest one that counted <em>before the page was asked for</em>: such a page was asked for after
 * the change was done, and still shows what was before.
 */
final class PriceVersions {

    private final AtomicIntegerArray newest;

    PriceVersions(int products) {
        newest = new AtomicIntegerArray(products + 1);
    }

    /** To be called after the request that changed the price has returned. */
    void changed(int product, int version) {
        newest.accumulateAndGet(product, version, Math::max);
    }

    /** The lowest version that a page may show; to be read before the page is asked for. */
    int floor(int product) {
        return newest.get(product);
    }
}
