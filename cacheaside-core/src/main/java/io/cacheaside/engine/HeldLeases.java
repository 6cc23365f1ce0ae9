package io.cacheaside.engine;

import org.jspecify.annotations.Nullable;

/**
 * The leases of the writes that the calling thread is inside of, the innermost first. Reads of their keys on this thread
 * would wait for themselves.
 */
final class HeldLeases {

    /** One of them, until it is closed. */
    final class Held implements AutoCloseable {

        private final WriteLease lease;
        private final @Nullable Held outer = innermost.get();
        private boolean claimed;

        private Held(WriteLease lease) {
            this.lease = lease;
        }

        /** The thread is inside this write no more. What nobody has ended is released. */
        @Override
        public void close() {
            lease.release();
            if (outer == null) {
                innermost.remove();
            } else {
                innermost.set(outer);
            }
        }
    }

    private final ThreadLocal<@Nullable Held> innermost = new ThreadLocal<>();

    /** Notes {@code lease}; to be closed on this thread, in the reverse order. */
    Held hold(WriteLease lease) {
        Held held = new Held(lease);
        innermost.set(held);
        return held;
    }

    /** The innermost lease if it is of {@code key} and was not claimed before; else null. */
    @Nullable
    WriteLease claim(String key) {
        Held held = innermost.get();
        if (held == null || held.claimed || !held.lease.key.equals(key)) {
            return null;
        }
        held.claimed = true;
        return held.lease;
    }

    boolean holds(String key) {
        for (Held held = innermost.get(); held != null; held = held.outer) {
            if (held.lease.key.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
