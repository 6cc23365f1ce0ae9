package io.cacheaside.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A partial policy from one source (configuration of one cache, annotation, defaults). Null means that the source does
 * not say; zero means off where {@link CachePolicy} knows an off. {@link #builder()} is how to write one down.
 */
public record CacheSettings(
        @Nullable Duration ttl,
        @Nullable Expiry expiry,
        @Nullable Duration maxLifetime,
        @Nullable Duration nullTtl,
        @Nullable Duration staleFor,
        @Nullable RefreshWindow refreshAhead,
        @Nullable Double earlyExpiration,
        @Nullable Double jitter,
        @Nullable Duration lease,
        @Nullable Duration waitFor,
        @Nullable Duration maxLoad,
        @Nullable Integer maxLoads,
        @Nullable Boolean rejectLoads,
        @Nullable Duration readTimeout,
        @Nullable Duration leaseTimeout,
        @Nullable Duration fillTimeout,
        @Nullable Duration invalidateTimeout,
        @Nullable InsideTransaction insideTransaction,
        @Nullable Boolean durable,
        @Nullable Integer maxPayload,
        @Nullable Integer maxBatch) {

    /** Says nothing. */
    public static final CacheSettings NONE = builder().build();

    /** Settings that say nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings that say only a TTL. */
    public static CacheSettings ttl(Duration ttl) {
        return builder().ttl(ttl).build();
    }

    /** These settings, completed by {@code lower} where they do not say. */
    public CacheSettings orElse(CacheSettings lower) {
        return new CacheSettings(
                first(ttl, lower.ttl),
                first(expiry, lower.expiry),
                first(maxLifetime, lower.maxLifetime),
                first(nullTtl, lower.nullTtl),
                first(staleFor, lower.staleFor),
                first(refreshAhead, lower.refreshAhead),
                first(earlyExpiration, lower.earlyExpiration),
                first(jitter, lower.jitter),
                first(lease, lower.lease),
                first(waitFor, lower.waitFor),
                first(maxLoad, lower.maxLoad),
                first(maxLoads, lower.maxLoads),
                first(rejectLoads, lower.rejectLoads),
                first(readTimeout, lower.readTimeout),
                first(leaseTimeout, lower.leaseTimeout),
                first(fillTimeout, lower.fillTimeout),
                first(invalidateTimeout, lower.invalidateTimeout),
                first(insideTransaction, lower.insideTransaction),
                first(durable, lower.durable),
                first(maxPayload, lower.maxPayload),
                first(maxBatch, lower.maxBatch));
    }

    private static <T> @Nullable T first(@Nullable T mine, @Nullable T lower) {
        return mine != null ? mine : lower;
    }

    /** Collects settings; each is as {@link CachePolicy} says, null takes it back. Not thread-safe. */
    public static final class Builder {

        private @Nullable Duration ttl;
        private @Nullable Expiry expiry;
        private @Nullable Duration maxLifetime;
        private @Nullable Duration nullTtl;
        private @Nullable Duration staleFor;
        private @Nullable RefreshWindow refreshAhead;
        private @Nullable Double earlyExpiration;
        private @Nullable Double jitter;
        private @Nullable Duration lease;
        private @Nullable Duration waitFor;
        private @Nullable Duration maxLoad;
        private @Nullable Integer maxLoads;
        private @Nullable Boolean rejectLoads;
        private @Nullable Duration readTimeout;
        private @Nullable Duration leaseTimeout;
        private @Nullable Duration fillTimeout;
        private @Nullable Duration invalidateTimeout;
        private @Nullable InsideTransaction insideTransaction;
        private @Nullable Boolean durable;
        private @Nullable Integer maxPayload;
        private @Nullable Integer maxBatch;

        private Builder() {}

        /** Hard lifetime of a stored value. */
        public Builder ttl(@Nullable Duration ttl) {
            this.ttl = ttl;
            return this;
        }

        /** What that is counted from. */
        public Builder expiry(@Nullable Expiry expiry) {
            this.expiry = expiry;
            return this;
        }

        /** How long a value that is read again and again lives. */
        public Builder maxLifetime(@Nullable Duration maxLifetime) {
            this.maxLifetime = maxLifetime;
            return this;
        }

        /** Lifetime of a remembered absence; zero remembers none. */
        public Builder nullTtl(@Nullable Duration nullTtl) {
            this.nullTtl = nullTtl;
            return this;
        }

        /** How long past its lifetime a value may answer when the load fails; zero never. */
        public Builder staleFor(@Nullable Duration staleFor) {
            this.staleFor = staleFor;
            return this;
        }

        /** How long before its end a value that is read is loaded again in the background. */
        public Builder refreshAhead(@Nullable RefreshWindow refreshAhead) {
            this.refreshAhead = refreshAhead;
            return this;
        }

        /** Beta of XFetch, by which a value that is read is loaded again in the background; 0 never. */
        public Builder earlyExpiration(@Nullable Double earlyExpiration) {
            this.earlyExpiration = earlyExpiration;
            return this;
        }

        /** Largest part of the lifetime by which a fill shortens it. */
        public Builder jitter(@Nullable Double jitter) {
            this.jitter = jitter;
            return this;
        }

        /** Lifetime of the lease of one load. */
        public Builder lease(@Nullable Duration lease) {
            this.lease = lease;
            return this;
        }

        /** How long a call waits for another call's load. */
        public Builder waitFor(@Nullable Duration waitFor) {
            this.waitFor = waitFor;
            return this;
        }

        /** How long a lease is renewed at most. */
        public Builder maxLoad(@Nullable Duration maxLoad) {
            this.maxLoad = maxLoad;
            return this;
        }

        /** How many loads without lease run in this JVM at once. */
        public Builder maxLoads(@Nullable Integer maxLoads) {
            this.maxLoads = maxLoads;
            return this;
        }

        /** Whether a load that found no place in time is rejected. */
        public Builder rejectLoads(@Nullable Boolean rejectLoads) {
            this.rejectLoads = rejectLoads;
            return this;
        }

        /** How long a call waits for a read. */
        public Builder readTimeout(@Nullable Duration readTimeout) {
            this.readTimeout = readTimeout;
            return this;
        }

        /** How long a call waits for the answer to its try for the lease. */
        public Builder leaseTimeout(@Nullable Duration leaseTimeout) {
            this.leaseTimeout = leaseTimeout;
            return this;
        }

        /** How long the answer to a fill is waited for. */
        public Builder fillTimeout(@Nullable Duration fillTimeout) {
            this.fillTimeout = fillTimeout;
            return this;
        }

        /** How long a writer waits for the acknowledgement. */
        public Builder invalidateTimeout(@Nullable Duration invalidateTimeout) {
            this.invalidateTimeout = invalidateTimeout;
            return this;
        }

        /** How a miss inside a transaction is loaded. */
        public Builder insideTransaction(@Nullable InsideTransaction insideTransaction) {
            this.insideTransaction = insideTransaction;
            return this;
        }

        /** Whether every invalidation is noted in the outbox. */
        public Builder durable(@Nullable Boolean durable) {
            this.durable = durable;
            return this;
        }

        /** Bytes of the largest payload that is written or read. */
        public Builder maxPayload(@Nullable Integer maxPayload) {
            this.maxPayload = maxPayload;
            return this;
        }

        /** How many elements of a batch are fetched and loaded together. */
        public Builder maxBatch(@Nullable Integer maxBatch) {
            this.maxBatch = maxBatch;
            return this;
        }

        /** The settings; nothing is checked before they become a policy. */
        public CacheSettings build() {
            return new CacheSettings(
                    ttl,
                    expiry,
                    maxLifetime,
                    nullTtl,
                    staleFor,
                    refreshAhead,
                    earlyExpiration,
                    jitter,
                    lease,
                    waitFor,
                    maxLoad,
                    maxLoads,
                    rejectLoads,
                    readTimeout,
                    leaseTimeout,
                    fillTimeout,
                    invalidateTimeout,
                    insideTransaction,
                    durable,
                    maxPayload,
                    maxBatch);
        }
    }
}
