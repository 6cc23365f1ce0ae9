package io.cacheaside.engine;

import io.cacheaside.entry.Lookup;
import io.cacheaside.policy.CachePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The old value of a key whose load failed.
 * <ol>
 *   <li>It comes from a GET that is sent after the failure, so an invalidation that was acknowledged by then has won: what
 *       was invalidated is not there any more.
 *   <li>A load under a lease stores it again with a later soft deadline, so that nobody in any JVM asks the source again
 *       before that. FILL does so under the same fence as every fill: it stores nothing where an invalidation has come.
 *   <li>The pause is as long as the value has been overdue, between {@link #SHORTEST_PAUSE} and {@link #LONGEST_PAUSE}; the
 *       hard deadline stays.
 * </ol>
 */
final class StaleIfError {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /**
     * A value that answers although its load failed.
     *
     * @param value null for a remembered absence, which somebody else stored meanwhile
     * @param frame with the soft deadline that it has from now on
     * @param sentAt stamp of the GET
     * @param left how long it may still be stored; zero where it is not to be stored again
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Old(@Nullable Object value, byte[] frame, long sentAt, Duration left) {}

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Lifetimes lifetimes;

    StaleIfError(Engine engine, CachePolicy policy, Entries entries) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.lifetimes = new Lifetimes(engine, policy);
    }

    /**
     * The old value of {@code key}, whose load has thrown {@code failure}; null where nothing but that answers. Who stores it
     * again names the {@code terms} of the load: its own TTL bounds that as it did the first time.
     */
    @Nullable
    Old after(Throwable failure, String key, @Nullable FillTerms terms) {
        long doubts = engine.journal.doubts();
        if (policy.staleFor().isZero()
                || !(failure instanceof Exception)
                || failure instanceof InterruptedException
                || engine.journal.holds(policy.cache(), key)) {
            return null;
        }
        long sentAt = engine.flights.next();
        byte[] frame = Waiting.answer(() -> engine.store.get(key), policy.readTimeout())
                .value();
        Object value = frame == null ? Entries.UNREADABLE : entries.decodeExpired(key, frame);
        if (frame == null || value == Entries.UNREADABLE || engine.journal.doubts() != doubts) {
            return null;
        }
        return old(key, value, frame, sentAt, failure, terms);
    }

    private Old old(
            String key,
            @Nullable Object value,
            byte[] frame,
            long sentAt,
            Throwable failure,
            @Nullable FillTerms terms) {
        Lookup.Value header = entries.header(key, frame);
        if (value == null || header == null || !header.isExpired()) {
            return new Old(value, frame, sentAt, Duration.ZERO);
        }
        Duration own = lifetimes.ttl(value, terms);
        long ttl = own == null ? 0 : own.toMillis();
        long now = System.currentTimeMillis();
        long pause = pause(now - header.createdMillis() - ttl);
        engine.listener.stale(policy.cache());
        engine.log.warn(
                "stale " + policy.cache(),
                "Cache '{}': the load of {} failed, so its value of {} s ago answers; the next try is in {} ms",
                policy.cache(),
                key,
                (now - header.createdMillis()) / 1_000,
                pause,
                failure);
        long left = own == null
                ? 0
                : header.createdMillis() + ttl + policy.staleFor().toMillis() - now;
        return new Old(
                value, entries.postponed(key, header, now + pause), sentAt, Duration.ofMillis(Math.max(0, left)));
    }

    private static long pause(long overdueMillis) {
        return Math.min(LONGEST_PAUSE.toMillis(), Math.max(SHORTEST_PAUSE.toMillis(), overdueMillis));
    }
}
