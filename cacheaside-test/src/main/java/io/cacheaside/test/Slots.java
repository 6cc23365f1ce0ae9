package io.cacheaside.test;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;

/** One JVM's view of the shared tier. */
public record Slots(CacheStore store, Leases leases) {

    /** The view of in-memory slots; all views of the same slots share their entries. */
    public static Slots of(MemorySlots slots) {
        return new Slots(slots.store(), slots.leases());
    }
}
