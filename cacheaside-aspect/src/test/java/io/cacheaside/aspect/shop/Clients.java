package io.cacheaside.aspect.shop;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.JavaSerializationCodec;
import io.cacheaside.test.ManualTransactions;
import java.time.Duration;
import java.util.Collection;

/** Clients on slots in memory. */
public final class Clients {

    private Clients() {}

    /** A client with slots of its own. */
    public static CacheAsideClient inMemory(CacheListener listener) {
        return inMemory(listener, TransactionBoundary.none());
    }

    /** A client with slots of its own on {@code ticker}. */
    public static CacheAsideClient inMemory(CacheListener listener, Ticker ticker) {
        return inMemory(listener, TransactionBoundary.none(), ticker);
    }

    /** A client with slots of its own that knows transactions. */
    public static CacheAsideClient inMemory(CacheListener listener, TransactionBoundary transactions) {
        return inMemory(listener, transactions, Ticker.system());
    }

    private static CacheAsideClient inMemory(CacheListener listener, TransactionBoundary transactions, Ticker ticker) {
        return builder(new MemorySlots(ticker))
                .listener(listener)
                .transactions(transactions)
                .build();
    }

    /** A client with slots of its own whose configuration names {@code caches}. */
    public static CacheAsideClient configured(String... caches) {
        CacheAsideClientBuilder builder = builder(new MemorySlots(Ticker.system()));
        for (String cache : caches) {
            builder.cache(
                    cache, CacheSettings.builder().ttl(Duration.ofMinutes(1)).build());
        }
        return builder.build();
    }

    /** A client with slots of its own whose configuration makes {@code cache} durable; it notes nothing. */
    public static CacheAsideClient durable(String cache) {
        return builder(new MemorySlots(Ticker.system()))
                .transactions(new ManualTransactions())
                .outbox(new Unused())
                .cache(cache, CacheSettings.builder().durable(true).build())
                .build();
    }

    private static CacheAsideClientBuilder builder(MemorySlots slots) {
        return CacheAsideClient.builder()
                .namespace("shop")
                .store(slots.store())
                .leases(slots.leases())
                .codec(new JavaSerializationCodec());
    }

    /** An outbox that is there. */
    private static final class Unused implements Outbox {

        @Override
        public void ready() {}

        @Override
        public Receipt note(Collection<Note> notes) {
            throw new IllegalStateException("not asked for");
        }
    }

    /** A client whose reads and writes of the store go through {@code store}. */
    public static CacheAsideClient on(CacheStore store, MemorySlots slots, CacheListener listener) {
        return builder(slots).store(store).listener(listener).build();
    }
}
