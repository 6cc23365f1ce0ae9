package io.cacheaside.engine;

import io.cacheaside.engine.Lifetimes.Lifetime;
import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.ThroughOutcome;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one write puts in the place of the entry of its key, if it gets so far: the value is looked at when the write is
 * committed, because until then the source may still change it (a version that is counted up, a generated column).
 */
public final class Replacement {

    /** What is sent for the key in the place of a plain removal. */
    sealed interface Step {}

    /** The entry is of a newer version and stays. */
    enum Keep implements Step {
        KEEP
    }

    /** REPLACE. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Store(String cache, long holder, byte[] frame, Duration ttl) implements Step {}

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final WriteLease lease;
    private final Object value;
    private final @Nullable FillTerms terms;
    private final @Nullable Function<Object, @Nullable Object> version;

    Replacement(
            Engine engine,
            CachePolicy policy,
            Entries entries,
            WriteLease lease,
            Object value,
            @Nullable FillTerms terms,
            @Nullable Function<Object, @Nullable Object> version) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.lease = lease;
        this.value = value;
        this.terms = terms;
        this.version = version;
    }

    String key() {
        return lease.key;
    }

    String cache() {
        return policy.cache();
    }

    /** It is not stored after all. */
    void drop() {
        lease.release();
    }

    /** What to do instead of the removal; null where the removal has to do. Ends the lease, unless null. */
    @Nullable
    Step prepare() {
        if (!lease.isTrusted()) {
            return null;
        }
        Lifetime lifetime = new Lifetimes(engine, policy).of(value, terms);
        if (lifetime == null) {
            return null;
        }
        byte[] frame = entries.encode(key(), value, lifetime.soft(), System.nanoTime() - lease.takenAtNanos);
        Integer compared = frame == null || version == null ? null : compareWithStored(version);
        if (frame == null || version != null && compared == null) {
            return null;
        }
        if (compared != null && compared < 0) {
            return keep();
        }
        lease.end();
        return new Store(cache(), lease.holder, frame, lifetime.hard());
    }

    /**
     * How the version of the value compares with that of the stored one; zero where there is none, null where that cannot be
     * told. Nobody fills while the lease stands, and whether it does is asked afterwards, by REPLACE or by RENEW. So what is
     * compared with here is still there then, or nothing.
     */
    private @Nullable Integer compareWithStored(Function<Object, @Nullable Object> versionOf) {
        Answer<byte @Nullable []> answer = Waiting.uninterruptibly(() -> engine.store.get(key()), policy.readTimeout());
        if (answer.failed()) {
            return null;
        }
        byte[] frame = answer.value();
        Object stored = frame == null ? null : entries.decodeExpired(key(), frame);
        if (stored == null || stored == Entries.UNREADABLE) {
            return 0;
        }
        try {
            Object mine = versionOf.apply(value);
            Object other = versionOf.apply(stored);
            if (mine != null && other != null) {
                return Versions.compare(mine, other);
            }
            tell("one of them is null");
        } catch (RuntimeException e) {
            tell(e.toString());
        }
        return null;
    }

    private void tell(String why) {
        engine.log.warn(
                "version " + cache(),
                "Cache '{}': the version of what was written under {} and that of the entry do not compare ({}); the entry"
                        + " is removed",
                cache(),
                key(),
                why);
    }

    /** The entry stays if the lease still stands now: then no write has ended since it was taken. */
    private @Nullable Step keep() {
        Boolean stands = Waiting.uninterruptibly(
                        () -> engine.leases.renew(key(), lease.holder, policy.lease()), policy.leaseTimeout())
                .value();
        if (!Boolean.TRUE.equals(stands)) {
            return null;
        }
        lease.release();
        engine.listener.wroteThrough(cache(), ThroughOutcome.KEPT);
        return Keep.KEEP;
    }
}
