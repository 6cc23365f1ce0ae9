package io.cacheaside.spi;

import java.time.Duration;
import java.util.List;

/**
 * Is told what the engine does; every method is optional, must return at once and must not throw. {@code cache} is the
 * cache's name. Called on the caller's thread unless said otherwise.
 */
public interface CacheListener {

    /** A read was answered by the store, with a value or a remembered absence. */
    default void hit(String cache) {}

    /** A read was not answered by the store. A read that starts again after another flight counts once. */
    default void miss(String cache) {}

    /** A read took the result of a flight that another caller of this JVM led. Such a read has also missed. */
    default void joined(String cache) {}

    /** A read did not ask the cache at all, or gave up on it, and ran the method itself. */
    default void bypass(String cache, BypassReason reason) {}

    /** The method behind a read, also a bypassed one, returned ({@code failed} = false) or threw, after {@code took}. */
    default void load(String cache, Duration took, boolean failed) {}

    /** A load failed and an old value, past its lifetime but not past {@code staleFor}, answered. */
    default void stale(String cache) {}

    /** A load in the background, before the end of an entry, has come to {@code state}. Called on any thread. */
    default void refresh(String cache, RefreshState state) {}

    /** {@code masters} masters of the store give no answer now and are not asked. Called on a thread of the adapter. */
    default void unavailable(int masters) {}

    /** A fill was answered. May be called on an I/O thread. */
    default void fill(String cache, FillOutcome outcome) {}

    /** A fill got no answer in time; it may still be executed. May be called on an I/O thread. */
    default void fillFailed(String cache) {}

    /** A leader waited for a lease that somebody else held. */
    default void leaseWait(String cache, Duration waited) {}

    /** A stored entry could not be read and counts as a miss. */
    default void unreadable(String cache, String cause) {}

    /** A value could not be written and was returned without being stored. */
    default void unwritable(String cache) {}

    /** A value whose own lifetime is none (zero, negative, no duration) was returned without being stored. */
    default void unusableTtl(String cache) {}

    /** {@code keys} keys of one cache were invalidated and the store acknowledged it, possibly after retries. May be called on an I/O thread. */
    default void invalidated(String cache, int keys) {}

    /**
     * All keys of one cache were removed because a write asked for it, which took {@code took}, and the store acknowledged it,
     * possibly after retries. Its keys are not told of one by one. May be called on an I/O thread.
     */
    default void invalidatedAll(String cache, Duration took) {}

    /**
     * {@code keys} keys of one cache were invalidated in the background and the store acknowledged it, {@code lag} after the
     * oldest of them had come into the queue. {@link #invalidated} is told too. May be called on an I/O thread.
     */
    default void invalidatedLater(String cache, int keys, Duration lag) {}

    /** {@code queue} is that of the client, for gauges. Called once, when the client is made. */
    default void background(BackgroundQueue queue) {}

    /** A write-through method has returned, its transaction is committed, and the store has acknowledged {@code outcome}. May be called on an I/O thread. */
    default void wroteThrough(String cache, ThroughOutcome outcome) {}

    /**
     * {@code keys} keys went to the journal: they were not acknowledged in time, or what was may be undone. May be called on
     * the adapter's threads.
     */
    default void invalidationUnconfirmed(String cache, int keys) {}

    /**
     * All keys of the cache are bypassed from now on, because a removal of all of them was not
     * acknowledged, or because invalidations of it had to be forgotten: there were too many.
     * May be called on the adapter's threads.
     */
    default void distrusted(String cache) {}

    /** A distrusted cache was removed as a whole and is used again. May be called on an I/O thread. */
    default void trusted(String cache) {}

    /** {@code keys} strict keys of one cache were marked before their write. */
    default void marked(String cache, int keys) {}

    /** {@code keys} strict keys of one cache could not be marked in time, so their write was stopped. */
    default void markFailed(String cache, int keys) {}

    /** All keys of a tag, or of any, were removed for writers, which took so long; the keys are not counted one by one. */
    default void invalidatedTag(Duration took) {}

    /** The relay delivered a noted key whose writer had not, {@code lag} after it was noted. Called on the relay's thread. */
    default void relayed(String cache, Duration lag) {}

    /** A noted key cannot be delivered and is kept aside. Called on the relay's thread. */
    default void setAside(String cache) {}

    /** A key of a write was skipped because a part of it was null. */
    default void keySkipped(String cache) {}

    /** A read of the store failed or was late. */
    default void storeFailed(String cache) {}

    /** A sampled call of a recorded cache could not be recorded: an argument has no text, or a long one. */
    default void hotCallSkipped(String cache) {}

    /**
     * Another master, or another run of one, answers than before: it may know less than the one before, or nothing. Called
     * on a thread of the adapter, also when a master is first met.
     */
    default void masterChanged() {}

    /**
     * A listener that tells all of {@code listeners}, in their order. What one of them throws is logged once and dropped.
     */
    static CacheListener all(List<CacheListener> listeners) {
        return listeners.isEmpty() ? none() : new ListenerGroup(listeners);
    }

    /** A listener that ignores everything. */
    static CacheListener none() {
        return NoListener.INSTANCE;
    }
}
