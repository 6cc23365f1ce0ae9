package io.cacheaside.engine;

import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import io.cacheaside.entry.Explanation.Origin;
import io.cacheaside.entry.Explanation.State;
import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.error.StoreUnavailableException;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.Durations;
import io.cacheaside.spi.SlotState;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a read under one policy would meet, and leaves everything as it is: nothing is loaded, prolonged, leased,
 * counted or logged. Blocks for the read timeout, once for the value and once for what stands around it.
 */
public final class Inspection {

    private final Engine engine;
    private final CachePolicy policy;
    private final @Nullable Entries entries;

    /** {@code entries} is null where nobody has said what the values are. */
    Inspection(Engine engine, CachePolicy policy, @Nullable Entries entries) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
    }

    /**
     * What a read of {@code key} would be answered from the cache: nothing, too, where this JVM does not trust what is there,
     * or the caller's transaction has begun to write it. The value is a new object.
     */
    public Cached<Object> peek(String key) {
        // in the order of the read path: who saw nothing in the journal may use an answer that no later doubt concerns
        long doubts = engine.journal.doubts();
        if (distrust(key) != null) {
            return Cached.nothing();
        }
        byte[] frame = fetch(key).value();
        if (frame == null || engine.journal.doubts() != doubts) {
            return Cached.nothing();
        }
        Seen seen = see(key, frame);
        if (seen.state != State.HIT) {
            return Cached.nothing();
        }
        return seen.value == null ? Cached.absent() : Cached.of(seen.value);
    }

    /** What a read of {@code key} would meet; {@code origin} is who says the policy's TTL. */
    public Explanation explain(String key, Origin origin) {
        Answer<byte @Nullable []> answer = fetch(key);
        SlotState around = around(key);
        byte[] frame = answer.value();
        Seen seen = frame == null ? missing(answer) : see(key, frame);
        String distrust = distrust(key);
        List<String> reasons = new ArrayList<>();
        State state = seen.state;
        if (distrust != null) {
            reasons.add(distrust);
            state = State.BYPASS;
        }
        reasons.add(seen.reason);
        if (state != State.HIT) {
            addObstacles(around, reasons);
        }
        return new Explanation(
                policy.cache(),
                key,
                state,
                reasons,
                seen.age,
                around.value(),
                seen.payloadBytes,
                policy.ttl(),
                origin,
                around.lease(),
                around.mark());
    }

    private Answer<byte @Nullable []> fetch(String key) {
        return Waiting.answer(() -> engine.store.get(key), policy.readTimeout());
    }

    private SlotState around(String key) {
        SlotState around = Waiting.answer(() -> engine.store.stateOf(key), policy.readTimeout())
                .value();
        return around == null ? SlotState.UNKNOWN : around;
    }

    /** Why this JVM, or the caller, does not ask the cache for {@code key}; null: nothing keeps it from that. */
    private @Nullable String distrust(String key) {
        if (!engine.isOpen()) {
            return "the client is closed, so loaders just run";
        }
        Transaction transaction = engine.transactions.current();
        if (transaction != null && engine.invalidations().isPending(transaction, policy.cache(), key)) {
            return "the caller's transaction has begun to write the key";
        }
        return engine.journal.holds(policy.cache(), key)
                ? "a removal of the key, of the whole cache or of a tag is not confirmed by the store yet, so this JVM does not ask for it"
                : null;
    }

    private static Seen missing(Answer<byte @Nullable []> answer) {
        Throwable failure = answer.failure();
        if (failure == null) {
            return new Seen(State.MISS, "nothing is stored");
        }
        return failure instanceof StoreUnavailableException
                ? new Seen(
                        State.BYPASS, "the store is known to give no answer and is not asked: " + failure.getMessage())
                : new Seen(State.MISS, "the store has not answered, which counts as a miss: " + failure);
    }

    private Seen see(String key, byte[] frame) {
        Lookup lookup = entries == null
                ? Frame.read(frame, Frame.fingerprint(frame), key, engine.seal)
                : entries.look(key, frame);
        if (lookup instanceof Lookup.Absent absent) {
            Duration age = since(absent.createdMillis());
            return policy.slides()
                    ? new Seen(State.MISS, "an absence is stored, which is no answer where hits prolong", age, 0, null)
                    : new Seen(State.HIT, "that the source has no value is remembered", age, 0, null);
        }
        return lookup instanceof Lookup.Value value
                ? see(value)
                : new Seen(State.MISS, "what is stored cannot be read: " + Entries.told(lookup));
    }

    private Seen see(Lookup.Value value) {
        Duration age = since(value.createdMillis());
        int bytes = value.payloadLength();
        if (value.isExpired()) {
            return policy.staleFor().isZero()
                    ? new Seen(State.MISS, "the value is past its lifetime", age, bytes, null)
                    : new Seen(
                            State.STALE,
                            "the value is past its lifetime and answers if its load fails",
                            age,
                            bytes,
                            null);
        }
        if (policy.slides() && age.compareTo(policy.maxLifetime()) >= 0) {
            return new Seen(State.MISS, "the value is past its maximum lifetime", age, bytes, null);
        }
        if (entries == null) {
            return new Seen(
                    State.HIT,
                    "a value is stored; whether it can be decoded is not known, because no read"
                            + " of the cache is known here",
                    age,
                    bytes,
                    null);
        }
        try {
            return new Seen(State.HIT, "a value is stored", age, bytes, entries.decoded(value));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return new Seen(State.MISS, "what is stored cannot be read: " + e, age, bytes, null);
        }
    }

    private void addObstacles(SlotState around, List<String> reasons) {
        if (entries == null) {
            reasons.add("no read of the cache '" + policy.cache() + "' is known here");
        }
        Duration lease = around.lease();
        if (around.mark() != null) {
            reasons.add("a strict write is under way, or the source settles: a read runs its load and stores nothing");
        } else if (lease != null) {
            reasons.add("somebody is loading it: a read waits for that, up to " + Durations.format(policy.waitFor()));
        }
        Transaction transaction = engine.transactions.current();
        if (transaction != null && !transaction.seesLatestCommitsOnly()) {
            reasons.add("the caller is in a transaction that may see something else than the newest commits, so what it"
                    + " loads is not stored");
        }
    }

    private static Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - millis));
    }

    private record Seen(
            State state,
            String reason,
            @Nullable Duration age,
            @Nullable Integer payloadBytes,
            @Nullable Object value) {

        Seen(State state, String reason) {
            this(state, reason, null, null, null);
        }
    }
}
