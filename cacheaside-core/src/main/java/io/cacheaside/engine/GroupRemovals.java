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

/**
 * The removals of groups of keys, which may take long.
 *
 * <ol>
 *   <li>A group has one removal under way at a time. Whoever asks for it meanwhile may have written what that one has gone past,
 *       so it is no answer for him: all who ask during it share the one that begins after it.
 *   <li>A removal is noted in {@link Recent} before it begins, so that none is acknowledged that is not there, and again when
 *       it is acknowledged, because by then the first note may be forgotten.
 * </ol>
 */
final class GroupRemovals {

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
        recent.noteAll(group);
        Waiting.send(() -> send(group)).whenComplete((done, failure) -> {
            if (failure == null) {
                recent.noteAll(group);
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
