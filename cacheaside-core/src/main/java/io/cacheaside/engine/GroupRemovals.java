package io.cacheaside.engine;

import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The removals of groups of keys, which may take long.
 *
 * <ol>
 *   <li>A group has one removal under way at a time. Whoever asks for it meanwhile may have written what that one has gone past,
 *       so it is no answer for him: all who ask during it share the one that begins after it.
 *   <li>A removal is noted in {@link Recent} when it is over. One during which removals have come into doubt (a master that has
 *       lost them, or the first contact with one) begins again before its writer is told, a few times, and then has failed. So
 *       none is acknowledged that no later doubt would find.
 * </ol>
 */
final class GroupRemovals {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRemovals.class);
    private static final int MOST_ATTEMPTS = 3;

    private final CacheStore store;
    private final CacheListener listener;
    private final Recent recent;
    private final UnaryOperator<String> prefixOf;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<KeyGroup> running = new HashSet<>();
    private final Map<KeyGroup, CompletableFuture<Void>> next = new HashMap<>();

    /** {@code prefixOf} gives what all keys of a cache begin with. */
    GroupRemovals(CacheStore store, CacheListener listener, Recent recent, UnaryOperator<String> prefixOf) {
        this.store = store;
        this.listener = listener;
        this.recent = recent;
        this.prefixOf = prefixOf;
    }

    /** Completes when a removal of {@code group} that began after this call is acknowledged, or exceptionally when it failed. */
    CompletableFuture<Void> remove(KeyGroup group) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        lock.lock();
        try {
            if (!running.add(group)) {
                return next.computeIfAbsent(group, waited -> mine);
            }
        } finally {
            lock.unlock();
        }
        begin(group, mine);
        return mine;
    }

    private void begin(KeyGroup group, CompletableFuture<Void> removal) {
        long start = System.nanoTime();
        attempt(group, 1).whenComplete((done, failure) -> {
            if (failure == null) {
                tell(group, Duration.ofNanos(System.nanoTime() - start));
            }
            beginNext(group);
            if (failure == null) {
                removal.complete(null);
            } else {
                removal.completeExceptionally(failure);
            }
        });
    }

    private CompletableFuture<Void> attempt(KeyGroup group, int number) {
        long doubts = recent.doubts();
        return Waiting.send(() -> send(group)).thenCompose(done -> {
            recent.noteAll(group);
            if (recent.doubts() == doubts) {
                return CompletableFuture.completedFuture(null);
            }
            if (number == MOST_ATTEMPTS) {
                return CompletableFuture.failedFuture(new IllegalStateException(
                        "A master may have lost a part of each of " + MOST_ATTEMPTS + " removals of " + group));
            }
            LOG.debug("A master may have lost a part of the removal of {}: it begins again", group);
            return attempt(group, number + 1);
        });
    }

    private void beginNext(KeyGroup group) {
        CompletableFuture<Void> waited;
        lock.lock();
        try {
            waited = next.remove(group);
            if (waited == null) {
                running.remove(group);
            }
        } finally {
            lock.unlock();
        }
        if (waited != null) {
            begin(group, waited);
        }
    }

    private CompletableFuture<Void> send(KeyGroup group) {
        if (group instanceof KeyGroup.WholeCache whole) {
            return store.removeAll(prefixOf.apply(whole.cache()));
        }
        return group instanceof KeyGroup.Tag one
                ? store.removeTagged(one.tag())
                : store.removeAll(((KeyGroup.AnyTag) group).caches().prefix());
    }

    private void tell(KeyGroup group, Duration took) {
        if (group instanceof KeyGroup.WholeCache whole) {
            listener.invalidatedAll(whole.cache(), took);
        } else {
            listener.invalidatedTag(took);
        }
    }
}
