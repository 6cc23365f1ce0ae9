package io.cacheaside;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec;
import java.lang.reflect.Type;
import java.util.Collection;

/** One engine on one namespace. Thread-safe; the annotations go through this very door. */
public final class CacheAsideClient implements AutoCloseable {

    /** A builder; {@code namespace}, {@code store}, {@code leases} and {@code codec} are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Prefix of all keys, without the colon that follows it. */
    public String namespace() {
        throw new UnsupportedOperationException();
    }

    /** {@code declared} (the annotation's) under the configuration of {@code cache} and over the defaults. */
    public CachePolicy policyOf(String cache, CacheSettings declared) {
        throw new UnsupportedOperationException();
    }

    /** Reads of values declared as {@code type} under {@code policy}. */
    public ReadPath readPath(CachePolicy policy, Type type) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes complete keys of one cache: at once, or after completion where the caller is inside a transaction. Waits for the
     * acknowledgement; keys without one are kept and retried, and bypassed here meanwhile. Never throws for Redis.
     */
    public void invalidate(String cache, Collection<String> keys) {
        throw new UnsupportedOperationException();
    }

    /** False after {@link #close}: methods then simply run. */
    public boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    /** The listener, for what happens outside the engine (conditions, skipped keys). */
    public CacheListener listener() {
        throw new UnsupportedOperationException();
    }

    /** Stops background work, flushing unconfirmed invalidations within a bound. Store and leases stay open. */
    @Override
    public void close() {}

    /** Collects the parts of a {@link CacheAsideClient}. */
    public static final class Builder {

        private Builder() {}

        /** Prefix of all keys; required. */
        public Builder namespace(String namespace) {
            return this;
        }

        /** The shared tier; required. */
        public Builder store(CacheStore store) {
            return this;
        }

        /** The leases; required, on the same slots as the store. */
        public Builder leases(Leases leases) {
            return this;
        }

        /** The codec; required. */
        public Builder codec(ValueCodec codec) {
            return this;
        }

        /** What knows the caller's transaction; default none. */
        public Builder transactions(TransactionBoundary transactions) {
            return this;
        }

        /** Who is told; default nobody. */
        public Builder listener(CacheListener listener) {
            return this;
        }

        /** Settings of every cache that its own and the annotation leave open. */
        public Builder defaults(CacheSettings defaults) {
            return this;
        }

        /** Settings of one cache; they override its annotations. */
        public Builder cache(String name, CacheSettings settings) {
            return this;
        }

        /** The client. */
        public CacheAsideClient build() {
            return new CacheAsideClient();
        }
    }
}
