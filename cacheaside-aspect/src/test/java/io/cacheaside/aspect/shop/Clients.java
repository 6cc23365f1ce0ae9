package io.cacheaside.aspect.shop;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.JavaSerializationCodec;

/** Clients on slots in memory. */
public final class Clients {

    private Clients() {}

    /** A client with slots of its own. */
    public static CacheAsideClient inMemory(CacheListener listener) {
        return inMemory(listener, TransactionBoundary.none());
    }

    /** A client with slots of its own that knows transactions. */
    public static CacheAsideClient inMemory(CacheListener listener, TransactionBoundary transactions) {
        MemorySlots slots = new MemorySlots(Ticker.system());
        return CacheAsideClient.builder()
                .namespace("shop")
                .store(slots.store())
                .leases(slots.leases())
                .codec(new JavaSerializationCodec())
                .listener(listener)
                .transactions(transactions)
                .build();
    }

    /** A client whose reads and writes of the store go through {@code store}. */
    public static CacheAsideClient on(CacheStore store, MemorySlots slots, CacheListener listener) {
        return CacheAsideClient.builder()
                .namespace("shop")
                .store(store)
                .leases(slots.leases())
                .codec(new JavaSerializationCodec())
                .listener(listener)
                .build();
    }
}
