package io.cacheaside.codec;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one format that nobody uses at the moment, about twice as many as processors at most. A thread looks
 * first where its id points, so that threads rarely meet, and nobody ever waits.
 */
final class KryoSessions {

    private final Supplier<KryoSession> factory;
    private final Place[] places;

    KryoSessions(Supplier<KryoSession> factory) {
        this.factory = factory;
        // a power of two, because a division takes as long as writing a field
        int count = Integer.highestOneBit(4 * Math.max(2, Runtime.getRuntime().availableProcessors()) - 1);
        this.places = Stream.generate(() -> new Place(new AtomicReference<>()))
                .limit(count)
                .toArray(Place[]::new);
    }

    /** A session for the caller alone, until it gives it back. */
    KryoSession take() {
        int first = first();
        for (int i = 0; i < places.length; i++) {
            KryoSession session = places[(first + i) & (places.length - 1)].free.getAndSet(null);
            if (session != null) {
                return session;
            }
        }
        return factory.get();
    }

    /** Keeps {@code session} for the next one, unless enough are kept. */
    void giveBack(KryoSession session) {
        int first = first();
        for (int i = 0; i < places.length; i++) {
            if (places[(first + i) & (places.length - 1)].free.compareAndSet(null, session)) {
                return;
            }
        }
    }

    @SuppressWarnings("deprecation") // threadId() is not there on 17
    private static int first() {
        return (int) Thread.currentThread().getId();
    }

    /** Where one session may lie. */
    private record Place(AtomicReference<@Nullable KryoSession> free) {}
}
