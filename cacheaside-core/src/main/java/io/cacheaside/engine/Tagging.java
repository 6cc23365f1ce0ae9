package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.FillOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one load registers under its tags. A removal of a tag reads its index after its write has committed, and that gives
 * every stored value one of two histories:
 * <ol>
 *   <li>The index was read before this load had registered. The load begins after the registration is acknowledged, so it has
 *       begun after the commit and sees the write.
 *   <li>The index was read after it. Then the key was in it, and the removal has deleted the value or revoked the lease, and
 *       FILL stores nothing.
 * </ol>
 * The registration outlives what may be stored under it: the wait for the lease, the longest load, a lease after that, and
 * the longest life of an entry. It travels with the first try for the lease, so that the caller waits for both at once. Where it
 * is not acknowledged in time nothing is stored.
 */
final class Tagging {

    /** For the clocks of masters, of which one counts the registration and another the life of the value. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** That of a key without tags. */
    static final Tagging NONE = new Tagging("", List.of());

    /** Those of a load whose tags nobody tells. */
    static final FillTerms UNKNOWN = new FillTerms() {
        @Override
        public boolean allow(@Nullable Object value) {
            return true;
        }

        @Override
        public @Nullable Collection<String> tags() {
            return null;
        }
    };

    private final String key;
    private final @Nullable Collection<String> tags;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private long sentAt;

    private Tagging(String key, @Nullable Collection<String> tags) {
        this.key = key;
        this.tags = tags;
    }

    /** What {@code terms} says of {@code key}. */
    static Tagging of(String key, @Nullable FillTerms terms) {
        Collection<String> tags = terms == null ? List.of() : terms.tags();
        return tags != null && tags.isEmpty() ? NONE : new Tagging(key, tags);
    }

    /** True where a load registers nothing. */
    boolean isEmpty() {
        return this == NONE;
    }

    /** Registers {@code all}, in one go. */
    static void send(Engine engine, CachePolicy policy, List<Tagging> all) {
        Map<String, Collection<String>> keysByTag = new HashMap<>();
        for (Tagging one : all) {
            if (one.tags != null) {
                one.tags.forEach(tag -> keysByTag
                        .computeIfAbsent(tag, first -> new ArrayList<>())
                        .add(one.key));
            }
        }
        if (!keysByTag.isEmpty()) {
            long now = System.nanoTime();
            Map<String, CompletableFuture<Void>> answers = send(engine, keysByTag, life(policy));
            all.forEach(one -> one.sent(answers, now));
        }
    }

    private static Map<String, CompletableFuture<Void>> send(
            Engine engine, Map<String, Collection<String>> keysByTag, Duration life) {
        try {
            return engine.store.tag(keysByTag, life);
        } catch (RuntimeException | LinkageError e) {
            CompletableFuture<Void> failed = CompletableFuture.failedFuture(e);
            Map<String, CompletableFuture<Void>> answers = new HashMap<>();
            keysByTag.keySet().forEach(tag -> answers.put(tag, failed));
            return answers;
        }
    }

    private void sent(Map<String, CompletableFuture<Void>> answers, long now) {
        if (tags != null && !isEmpty()) {
            sent = CompletableFuture.allOf(tags.stream().map(answers::get).toArray(CompletableFuture<?>[]::new));
            sentAt = now;
        }
    }

    /**
     * True where a load may begin whose result is to be stored, when its lease has been taken. Waits for the acknowledgement;
     * tells the listener where there is none.
     */
    boolean isAcknowledged(Engine engine, CachePolicy policy) {
        Throwable failure = isEmpty() ? null : failure(policy);
        if (failure == null) {
            return true;
        }
        engine.listener.bypass(policy.cache(), BypassReason.TAG);
        engine.log.warn(
                "tag " + policy.cache(),
                "Cache '{}': {} is not registered under its tags, so what is loaded is not stored ({})",
                policy.cache(),
                key,
                failure.toString());
        return false;
    }

    /**
     * The FILL of the load has ended: stored (also null: perhaps) or not. {@code inDoubt}: a master took over meanwhile. What
     * that one has stored, as it has the lease, it may not have in the index, so it is removed again, until that is
     * acknowledged.
     */
    void filled(Engine engine, CachePolicy policy, @Nullable FillOutcome outcome, boolean inDoubt) {
        if (inDoubt && !isEmpty() && (outcome == null || outcome == FillOutcome.STORED)) {
            engine.replay.keep(List.of(Removing.unmarked(Stale.plain(policy.cache(), key))));
        }
    }

    private @Nullable Throwable failure(CachePolicy policy) {
        if (tags == null) {
            return new IllegalStateException("its tags are not known");
        }
        long left = sentAt + policy.leaseTimeout().toNanos() - System.nanoTime();
        Throwable failure = Waiting.answer(sent, left).failure();
        // a process that stood still has its lease from now on, but its registration from before
        Duration patience = policy.waitFor().plus(MARGIN.dividedBy(2));
        return failure == null && System.nanoTime() - sentAt > patience.toNanos()
                ? new IllegalStateException("it was registered too long ago")
                : failure;
    }

    private static Duration life(CachePolicy policy) {
        Duration entry = policy.ttl().plus(policy.staleFor());
        Duration longest = entry.compareTo(policy.nullTtl()) >= 0 ? entry : policy.nullTtl();
        return longest.plus(policy.waitFor())
                .plus(policy.maxLoad())
                .plus(policy.lease())
                .plus(MARGIN);
    }
}
