package io.cacheaside.boot;

import io.cacheaside.aspect.warm.WarmPolicy;
import io.cacheaside.codec.Evolution;
import io.cacheaside.entry.Seal;
import io.cacheaside.hot.HotCallPolicy;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.policy.RefreshWindow;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings {@code cacheaside.*}, as bound and not yet checked.
 *
 * @param enabled Whether annotated methods are cached. When false they simply run and no connection is opened.
 * @param namespace Prefix of all keys, so that applications can share a Redis.
 * @param defaults What holds where neither a cache's settings nor its annotation say otherwise.
 * @param caches Settings of single caches by name; they override the annotations.
 * @param markTtl How long the mark of a strict write stands after its last prolongation, from 100ms to 1h.
 * @param refreshThreads How many loads run in the background at once, to refresh values before their end, from 1 to 1000.
 * @param background How keys are invalidated in the background, where an annotation has async.
 * @param asyncCallThreads How many calls of the client that answer with futures run at once, from 1 to 1000.
 * @param failFast Whether the application's start fails where Redis does not serve within 5s. When false it starts without cache, which is used once Redis serves.
 * @param redis The Redis to use where the context has no RedissonClient. Without an address: spring.data.redis.*.
 * @param codec How values are written.
 * @param outbox The outbox of durable invalidations, where cacheaside-jdbc and a DataSource are there.
 * @param warm Calls of annotated reads before the application accepts traffic.
 */
@ConfigurationProperties("cacheaside")
public record CacheAsideProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String namespace,
        @DefaultValue Settings defaults,
        @DefaultValue Map<String, Settings> caches,
        @DefaultValue("30s") Duration markTtl,
        @DefaultValue("4") int refreshThreads,
        @DefaultValue Background background,
        @DefaultValue("16") int asyncCallThreads,
        @DefaultValue("false") boolean failFast,
        @DefaultValue Redis redis,
        @DefaultValue Codec codec,
        @DefaultValue Outbox outbox,
        @DefaultValue Warm warm) {

    /**
     * Settings of a cache; what is null is left to the next source.
     *
     * @param ttl Lifetime of a stored value. There is always one.
     * @param expiry What the TTL is counted from: the store (after-write), or the last read (after-access). Then ttl is how long a value lives unread.
     * @param maxLifetime How long a value lives at most that is read again and again, with after-access.
     * @param nullTtl How long an absent result (null, an empty Optional) is remembered; 0 remembers none.
     * @param staleFor How long past its TTL an old value may still answer when the load fails; 0 never.
     * @param refreshAhead How long before its end a value that is read is loaded again in the background: 20% of its lifetime, or 10s; 0s never.
     * @param earlyExpiration Beta of XFetch, by which readers take a value for expired at random the sooner the closer its end and the longer its load; it is loaded again in the background. 1 is the usual one, 0 never.
     * @param jitter Largest part of the lifetime by which a fill shortens it at random, from 0 to below 1.
     * @param lease Lifetime of the lease under which one load runs, renewed about every third of it.
     * @param waitFor How long a call waits for another call's load before it runs the method itself.
     * @param maxLoad How long the lease of a load is renewed at most.
     * @param maxLoads How many loads of a cache run in one JVM at once without a lease, which is how they run while Redis is down; beyond it calls wait for wait-for.
     * @param rejectLoads Whether a load that found no place among max-loads in time is rejected with a LoadRejectedException. When false it runs all the same.
     * @param readTimeout How long a call waits for a read of Redis before it counts as a miss, from 1ms to 1m.
     * @param leaseTimeout How long a call waits for each answer to its try for the lease before it loads without one, from 1ms to 1m.
     * @param fillTimeout How long joiners wait for the answer to a fill, from 1ms to 1m; the caller that loaded never waits for it.
     * @param invalidateTimeout How long a writer waits for Redis to acknowledge its invalidations, and its marks, from 1ms to 1m.
     * @param insideTransaction How a miss inside a transaction that is not read-only and READ COMMITTED is loaded: in that transaction and not stored (bypass), or in a short read transaction on a second connection (new-read-tx).
     * @param durable Whether every invalidation is noted in the outbox, in the business transaction.
     * @param maxPayload Largest payload that is written or read, from 1B to 64MB. A read allocates at most eight times its payload and this, or 1MB where that is more.
     * @param maxBatch How many elements of a batch are fetched and loaded together, from 1 to 10000; a larger batch is split.
     * @param codec How values are written: kryo, or json for caches that programs in other languages share.
     */
    public record Settings(
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
            @Nullable DataSize maxPayload,
            @Nullable Integer maxBatch,
            @Nullable CodecKind codec) {

        CacheSettings toCacheSettings() {
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
                    maxPayload == null ? null : (int) Math.min(Integer.MAX_VALUE, maxPayload.toBytes()),
                    maxBatch);
        }
    }

    /** How values are written. */
    public enum CodecKind {
        /** {@link io.cacheaside.codec.KryoCodec}. */
        KRYO,
        /** {@link io.cacheaside.codec.JsonCodec}; needs Jackson 2. */
        JSON
    }

    /**
     * How keys are invalidated in the background, of all caches together.
     *
     * @param rate How many keys a second this application invalidates in the background at most, up to 10000000; 0 is no limit.
     * @param queueSize How many keys wait for it at most, from 1 to 10000000, at some 200 bytes each; a writer that brings more waits.
     */
    public record Background(
            @DefaultValue("20000") int rate,
            @DefaultValue("100000") int queueSize) {

        BackgroundPolicy toBackgroundPolicy() {
            return new BackgroundPolicy(rate, queueSize);
        }
    }

    /**
     * Where Redis is: an address, the nodes of a cluster or sentinels.
     *
     * @param address Address of a single server: redis://host:port, or rediss://host:port for TLS.
     * @param clusterNodes Addresses of some nodes of a cluster, each redis://host:port or rediss://host:port.
     * @param sentinelNodes Addresses of some sentinels, each redis://host:port, or rediss://host:port where sentinels and servers use TLS.
     * @param sentinelMaster What the sentinels call the master.
     * @param sentinelUsername User of the sentinels, where they have access lists.
     * @param sentinelPassword Password of the sentinels.
     * @param username User of the servers, where they have access lists.
     * @param password Password of the servers.
     * @param database Number of the database; without it the one in the address, else 0.
     * @param trustStore File with the certificates that are trusted with TLS, as a path or URL; without it the JVM's.
     * @param trustStorePassword Password of that file.
     */
    public record Redis(
            @Nullable String address,
            @DefaultValue List<String> clusterNodes,
            @DefaultValue List<String> sentinelNodes,
            @Nullable String sentinelMaster,
            @Nullable String sentinelUsername,
            @Nullable String sentinelPassword,
            @Nullable String username,
            @Nullable String password,
            @Nullable Integer database,
            @Nullable String trustStore,
            @Nullable String trustStorePassword) {

        /** Shows no credentials. */
        @Override
        public String toString() {
            return "Redis[…]";
        }
    }

    /**
     * How values are written.
     *
     * @param allowedPackages Packages whose classes may occur in values beside those that the annotated methods declare.
     * @param evolution What becomes of stored values when a class changes: only the same classes read them (strict), or they survive added and removed fields (tolerant).
     * @param compressAbove Size from which payloads are compressed with LZ4, as 10KB, up to 1MB; needs at.yawk.lz4:lz4-java. Without it nothing is compressed.
     * @param secret Secret of at least 32 bytes that seals every entry with an HMAC-SHA256, the same in all applications of a namespace; entries without a valid one are misses. Without it entries are not sealed.
     * @param furtherSecret A second secret whose entries are read too, for the change from one to another.
     */
    public record Codec(
            @DefaultValue List<String> allowedPackages,
            @DefaultValue("strict") Evolution evolution,
            @Nullable DataSize compressAbove,
            @Nullable String secret,
            @Nullable String furtherSecret) {

        /** What proves who wrote an entry. */
        Seal seal() {
            Seal seal = secret == null ? Seal.none() : Seal.of(secret);
            return furtherSecret == null ? seal : seal.alsoReading(furtherSecret);
        }

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Codec[allowedPackages=" + allowedPackages + ", …]";
        }
    }

    /**
     * The outbox of durable invalidations.
     *
     * @param enabled Whether there is one. When false durable invalidations are refused at start.
     * @param pollInterval How often the relay looks for keys whose writer died, from 10ms to 1m.
     */
    public record Outbox(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("250ms") Duration pollInterval) {}

    /**
     * Calls of annotated reads before the application accepts traffic.
     *
     * @param sources What to call, by names of your own: each with cache or method, and with query or file.
     * @param hotKeys The calls that were made most often in the last days.
     * @param atStart Whether the sources are warmed when the application starts.
     * @param concurrency How many loads run at once, from 1 to 1000.
     * @param rate How many calls a second are begun at most, up to 1000000; 0 is no limit.
     * @param timeout How long warming goes on at most, from 1ms to 1d; then traffic is accepted.
     * @param onFailure What becomes of a source that failed: traffic is accepted without it (accept), or refused while the source is tried again every second until the time is over (refuse).
     * @param refuseTraffic When the readiness state refuses traffic while warming is under way: always, also after the server was emptied and on demand, at-start only, or never.
     * @param lookForFlush How often it is looked whether the server was emptied, which warms again, from 100ms to 1h; 0 never.
     */
    public record Warm(
            @DefaultValue Map<String, Source> sources,
            @DefaultValue HotKeys hotKeys,
            @DefaultValue("true") boolean atStart,
            @DefaultValue("8") int concurrency,
            @DefaultValue("0") int rate,
            @DefaultValue("2m") Duration timeout,
            @DefaultValue("accept") OnFailure onFailure,
            @DefaultValue("always") RefuseTraffic refuseTraffic,
            @DefaultValue("10s") Duration lookForFlush) {

        WarmPolicy toWarmPolicy() {
            return new WarmPolicy(
                    concurrency, rate, timeout, onFailure == OnFailure.REFUSE ? Duration.ofSeconds(1) : Duration.ZERO);
        }

        boolean isUsed() {
            return !sources.isEmpty() || !hotKeys.caches().isEmpty();
        }
    }

    /**
     * What to call.
     *
     * @param cache Name of the cache; its read is called.
     * @param method The annotated method, where the cache has several: find, Products.find or find(long), or with the bean's name, products.find.
     * @param query SQL, each row of which is the arguments of a call.
     * @param file File, each line of which is the arguments of a call, separated by tabs.
     */
    public record Source(
            @Nullable String cache,
            @Nullable String method,
            @Nullable String query,
            @Nullable String file) {}

    /**
     * The calls that were made most often.
     *
     * @param caches Names of the caches whose calls are recorded, and warmed. Their arguments are stored in Redis.
     * @param sample One of so many reads is looked at, from 1 to 1000000.
     * @param size How many calls of a cache are warmed, from 1 to 100000.
     * @param days How many days count, from 1 to 60.
     * @param flushInterval How often a JVM adds what it has counted to the record in Redis, from 1s to 1h.
     */
    public record HotKeys(
            @DefaultValue List<String> caches,
            @DefaultValue("100") int sample,
            @DefaultValue("1000") int size,
            @DefaultValue("7") int days,
            @DefaultValue("1m") Duration flushInterval) {

        HotCallPolicy toHotCallPolicy() {
            return new HotCallPolicy(new LinkedHashSet<>(caches), sample, size, days, flushInterval);
        }
    }

    /** What becomes of a source that failed. */
    public enum OnFailure {
        /** Traffic is accepted without it. */
        ACCEPT,
        /** It is tried again, and traffic refused, until the time is over. */
        REFUSE
    }

    /** When the readiness state refuses traffic while warming is under way. */
    public enum RefuseTraffic {
        /** At start, on demand and after a flush. */
        ALWAYS,
        /** At start only. */
        AT_START,
        /** Never; at start warming goes on in the background. */
        NEVER
    }
}
