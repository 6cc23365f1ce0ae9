package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one cache promises, complete and checked.
 *
 * @param cache name of the cache; it owns the keys that start with {@code <cache>:}
 * @param ttl lifetime of a stored value, counted as {@code expiry} says
 * @param expiry whether a hit prolongs that
 * @param maxLifetime how long a value lives that hits prolong; nothing else looks at it
 * @param nullTtl lifetime of a remembered absence; zero: absences are not stored
 * @param staleFor how long past {@code ttl} an old value may still answer when its load fails; zero: never
 * @param refreshAhead how long before its end a value that is read is loaded again in the background
 * @param earlyExpiration beta of {@link io.cacheaside.entry.EarlyExpiration XFetch}, by which a value that is read is loaded again
 *     in the background; 0: off
 * @param jitter largest part of the lifetime by which a fill shortens it at random, 0 to 1: of {@code ttl}, or of
 *     {@code maxLifetime} where hits prolong
 * @param lease lifetime of one load's lease, renewed about every third of it
 * @param waitFor how long a call waits for another call's load
 * @param maxLoad how long a lease is renewed at most
 * @param maxLoads how many loads without lease run in this JVM at once; beyond it callers wait up to {@code waitFor}
 * @param rejectLoads true where a load that found no place in that time is rejected, false where it runs all the same
 * @param readTimeout how long a call waits for a read of the store before it counts as a miss
 * @param leaseTimeout how long a call waits for each answer to its try for the lease before it loads without
 * @param fillTimeout how long the answer to a fill is waited for, by joiners only
 * @param invalidateTimeout how long a writer waits for the acknowledgement of its marks, and of its removals
 * @param insideTransaction how a miss is loaded for a caller whose transaction reads what others may not get
 * @param maxPayload bytes of the largest payload that is written or read; at least 1 MB, or as much as it says, of memory
 *     is what a read may take beside eight times its payload
 * @param maxBatch how many elements of a batch are fetched and loaded together; a larger one is split
 */
public record CachePolicy(
        String cache,
        Duration ttl,
        Expiry expiry,
        Duration maxLifetime,
        Duration nullTtl,
        Duration staleFor,
        RefreshWindow refreshAhead,
        double earlyExpiration,
        double jitter,
        Duration lease,
        Duration waitFor,
        Duration maxLoad,
        int maxLoads,
        boolean rejectLoads,
        Duration readTimeout,
        Duration leaseTimeout,
        Duration fillTimeout,
        Duration invalidateTimeout,
        InsideTransaction insideTransaction,
        int maxPayload,
        int maxBatch) {

    /** What holds where no source says otherwise. */
    public static final CacheSettings DEFAULTS = CacheSettings.builder()
            .ttl(Duration.ofMinutes(5))
            .expiry(Expiry.AFTER_WRITE)
            .maxLifetime(Duration.ofHours(24))
            .nullTtl(Duration.ZERO)
            .staleFor(Duration.ZERO)
            .refreshAhead(RefreshWindow.OFF)
            .earlyExpiration(0.0)
            .jitter(0.1)
            .lease(Duration.ofSeconds(2))
            .waitFor(Duration.ofSeconds(5))
            .maxLoad(Duration.ofSeconds(60))
            .maxLoads(64)
            .rejectLoads(false)
            .readTimeout(Duration.ofMillis(50))
            .leaseTimeout(Duration.ofMillis(500))
            .fillTimeout(Duration.ofSeconds(1))
            .invalidateTimeout(InvalidationPolicy.PLAIN.timeout())
            .insideTransaction(InsideTransaction.BYPASS)
            .durable(false)
            .maxPayload(1 << 20)
            .maxBatch(1_000)
            .build();

    private static final double LARGEST_BETA = 100;
    private static final int LARGEST_BATCH = 10_000;
    private static final int LARGEST_PAYLOAD = 64 << 20;
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(30);

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException with every contradiction, each naming the cache and the value
     */
    public CachePolicy {
        List<String> problems = new ArrayList<>();
        atLeast(problems, cache, "ttl", ttl, SHORTEST, "there is always a hard lifetime");
        atLeast(problems, cache, "max-lifetime", maxLifetime, SHORTEST, "there is always a hard lifetime");
        atLeast(problems, cache, "null-ttl", nullTtl, Duration.ZERO, "0 turns it off");
        atLeast(problems, cache, "stale-for", staleFor, Duration.ZERO, "0 turns it off");
        atLeast(problems, cache, "lease", lease, SHORTEST_LEASE, "a lease has to outlive a few round trips");
        atLeast(problems, cache, "wait-for", waitFor, Duration.ZERO, "0 never waits");
        atLeast(problems, cache, "max-load", maxLoad, lease, "it cannot be shorter than the lease");
        timeout(problems, cache, "read-timeout", readTimeout);
        timeout(problems, cache, "lease-timeout", leaseTimeout);
        timeout(problems, cache, "fill-timeout", fillTimeout);
        timeout(problems, cache, "invalidate-timeout", invalidateTimeout);
        if (maxLoads < 1) {
            problems.add(
                    "cache '" + cache + "': max-loads = " + maxLoads + " is not at least 1: nothing could be loaded");
        }
        if (maxPayload < 1 || maxPayload > LARGEST_PAYLOAD) {
            problems.add("cache '" + cache + "': max-payload = " + maxPayload + " bytes is not in [1B, 64MB]");
        }
        if (maxBatch < 1 || maxBatch > LARGEST_BATCH) {
            problems.add("cache '" + cache + "': max-batch = " + maxBatch
                    + " is not in [1, 10000]: so many elements are" + " fetched and loaded together");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            problems.add("cache '" + cache + "': jitter = " + jitter + " is not in [0, 1)");
        }
        refreshAhead(problems, cache, refreshAhead, ttl, jitter);
        if (!(earlyExpiration >= 0 && earlyExpiration <= LARGEST_BETA)) {
            problems.add("cache '" + cache + "': early-expiration = " + earlyExpiration
                    + " is not in [0, 100]: it is a factor of the load's cost, 1 is the usual one, 0 turns it off");
        }
        if (expiry == Expiry.AFTER_ACCESS) {
            checkSliding(problems, cache, ttl, maxLifetime);
            String absences = "an absence that is asked for often would be believed for as long";
            String deadline = "a value has one deadline that hits do not move, and that is its max-lifetime";
            excludes(problems, cache, !nullTtl.isZero(), "null-ttl", Durations.format(nullTtl), absences);
            excludes(problems, cache, !staleFor.isZero(), "stale-for", Durations.format(staleFor), deadline);
            excludes(problems, cache, !refreshAhead.isOff(), "refresh-ahead", refreshAhead.toString(), deadline);
            excludes(problems, cache, earlyExpiration > 0, "early-expiration", "" + earlyExpiration, deadline);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** The policy of {@code cache} from {@code settings}, completed by {@link #DEFAULTS}. */
    public static CachePolicy of(String cache, CacheSettings settings) {
        CacheSettings s = settings.orElse(DEFAULTS);
        return new CachePolicy(
                cache,
                complete(s.ttl()),
                complete(s.expiry()),
                complete(s.maxLifetime()),
                complete(s.nullTtl()),
                complete(s.staleFor()),
                complete(s.refreshAhead()),
                complete(s.earlyExpiration()),
                complete(s.jitter()),
                complete(s.lease()),
                complete(s.waitFor()),
                complete(s.maxLoad()),
                complete(s.maxLoads()),
                complete(s.rejectLoads()),
                complete(s.readTimeout()),
                complete(s.leaseTimeout()),
                complete(s.fillTimeout()),
                complete(s.invalidateTimeout()),
                complete(s.insideTransaction()),
                complete(s.maxPayload()),
                complete(s.maxBatch()));
    }

    private static <T> T complete(@Nullable T setting) {
        return Objects.requireNonNull(setting, "DEFAULTS leaves a setting open");
    }

    /** True for what may be the lifetime of a value. */
    public static boolean isLifetime(Duration lifetime) {
        return lifetime.compareTo(SHORTEST) >= 0 && lifetime.compareTo(LONGEST) <= 0;
    }

    /** True where hits prolong the life of a value. */
    public boolean slides() {
        return expiry == Expiry.AFTER_ACCESS;
    }

    /** True where absent results are stored. */
    public boolean remembersAbsence() {
        return !nullTtl.isZero();
    }

    /** True where values are loaded again before their end. */
    public boolean refreshesEarly() {
        return earlyExpiration > 0 || !refreshAhead.isOff();
    }

    /** True where a value is stored with the time at which its lifetime ends. */
    public boolean tellsEnd() {
        return refreshesEarly() || !staleFor.isZero();
    }

    private static void checkSliding(List<String> problems, String cache, Duration ttl, Duration maxLifetime) {
        if (maxLifetime.compareTo(ttl) < 0) {
            problems.add("cache '" + cache + "': max-lifetime = " + Durations.format(maxLifetime)
                    + " is shorter than ttl = " + Durations.format(ttl)
                    + ", and with expiry = after-access that is how long a value lives without a hit");
        }
    }

    /** Each setting that does not go together with hits that prolong. */
    private static void excludes(
            List<String> problems, String cache, boolean both, String setting, String value, String why) {
        if (both) {
            problems.add("cache '" + cache + "': expiry = after-access excludes " + setting + " = " + value + ": " + why
                    + "; turn that off for this cache");
        }
    }

    private static void refreshAhead(
            List<String> problems, String cache, RefreshWindow window, Duration ttl, double jitter) {
        String named = "cache '" + cache + "': refresh-ahead = " + window;
        long shortest = (long) ((1 - jitter) * ttl.toMillis());
        if (!(window.part() >= 0 && window.part() < 1)) {
            problems.add(named + " is not in [0%, 100%): a fresh value would be refreshed already");
        } else if (window.fixed().isNegative()) {
            problems.add(named + " is negative: 0 turns it off");
        } else if (!window.isOff() && window.millisOf(shortest) >= shortest) {
            problems.add(named + " is not shorter than the shortest lifetime, ttl = " + Durations.format(ttl)
                    + " less jitter = " + jitter + ": a fresh value would be refreshed already");
        }
    }

    private static void timeout(List<String> problems, String cache, String name, Duration value) {
        check(problems, cache, name, value, Duration.ofMillis(1), LONGEST_TIMEOUT, "a command needs a moment");
    }

    private static void atLeast(
            List<String> problems, String cache, String name, Duration value, Duration least, String why) {
        check(problems, cache, name, value, least, LONGEST, why);
    }

    private static void check(
            List<String> problems,
            String cache,
            String name,
            Duration value,
            Duration least,
            Duration most,
            String why) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("cache '" + cache + "': " + name + " = " + Durations.format(value) + " is not in ["
                    + Durations.format(least) + ", " + Durations.format(most) + "]: " + why);
        }
    }
}
