package io.cacheaside.engine;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Leases;
import java.util.concurrent.CompletableFuture;

/** How leases of loads end: with a FILL or with a RELEASE, for which nobody waits. */
interface Endings {

    CompletableFuture<FillOutcome> fill(Fill fill);

    void release(Claim claim);

    /** Each ends when it is said to. */
    static Endings atOnce(CacheStore store, Leases leases) {
        return new Endings() {
            @Override
            public CompletableFuture<FillOutcome> fill(Fill fill) {
                return Waiting.send(() -> store.fill(fill.key(), fill.holder(), fill.frame(), fill.ttl()));
            }

            @Override
            public void release(Claim claim) {
                Waiting.send(() -> leases.release(claim.key(), claim.holder()));
            }
        };
    }
}
