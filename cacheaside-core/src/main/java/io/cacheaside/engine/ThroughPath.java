package io.cacheaside.engine;

import io.cacheaside.engine.HeldLeases.Held;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.ThroughOutcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one method that store their result. Thread-safe.
 *
 * <p>Why nobody reads from the cache what is older than a write that has returned:
 * <ol>
 *   <li>The write takes the lease of its key outside any transaction, before it has read anything. Every other write ends
 *       with a command that revokes the lease. So while it stands no other write has ended, and what this one has read
 *       contains all that had ended before.
 *   <li>The result is stored by REPLACE, after the commit, and only while the lease stands. Otherwise REPLACE removes the
 *       value and revokes the lease like any invalidation. So of two writes that overlap the one that ends first is seen by
 *       the other, whatever the order of their commits.
 *   <li>In either case the old value is gone when REPLACE is acknowledged, and if it is not, the journal has the key. An
 *       acknowledged REPLACE frees no older entry of the journal where it has stored: it is no removal then.
 *   <li>Without a lease, inside the caller's transaction (whose snapshot may be older than any lease), after an exception, a
 *       rollback or an unknown end, and where another write of the same transaction names the same key, the entry is only
 *       removed, as by any write.
 * </ol>
 */
public final class ThroughPath {

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;

    ThroughPath(Engine engine, CachePolicy policy, Entries entries) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
    }

    /** How its entries live. */
    public CachePolicy policy() {
        return policy;
    }

    /** What to close when a call is over, on its thread. */
    @FunctionalInterface
    public interface Ahead extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the lease for a call that is about to begin its transaction, so that {@link #begin} of the same key inside finds
     * it. Nothing where the caller is in a transaction already. Waits for the store for the policy's lease timeout at most.
     */
    public Ahead ahead(String key) {
        Held held = engine.transactions.current() == null ? hold(key) : null;
        return held == null ? () -> {} : held::close;
    }

    /** Begins a call, with the lease from {@link #ahead}, or where the caller is in no transaction one of its own. */
    public Call begin(String key) {
        WriteLease ahead = engine.held.claim(key);
        if (ahead != null) {
            return new Call(ahead, null);
        }
        Held own = engine.transactions.current() == null ? hold(key) : null;
        return new Call(own == null ? null : engine.held.claim(key), own);
    }

    private @Nullable Held hold(String key) {
        WriteLease lease = WriteLease.take(engine, policy, key);
        return lease == null ? null : engine.held.hold(lease);
    }

    /** One call, on one thread. */
    public final class Call implements AutoCloseable {

        private final @Nullable WriteLease lease;
        private final @Nullable Held own;

        private Call(@Nullable WriteLease lease, @Nullable Held own) {
            this.lease = lease;
            this.own = own;
        }

        /**
         * What the method's result puts in the place of the entry, for {@link Write#finished}; null where that is only
         * removed: there is no lease, or no value.
         *
         * @param terms null: the policy's
         * @param version of a value, which never lets an older one replace a newer; null: they are not compared
         */
        public @Nullable Replacement replacement(
                @Nullable Object value,
                @Nullable FillTerms terms,
                @Nullable Function<Object, @Nullable Object> version) {
            if (lease == null || value == null) {
                engine.listener.wroteThrough(policy.cache(), ThroughOutcome.REMOVED);
                return null;
            }
            return new Replacement(engine, policy, entries, lease, value, terms, version);
        }

        /** The method is over and {@link Write#finished} told, if only of a removal. */
        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }
}
