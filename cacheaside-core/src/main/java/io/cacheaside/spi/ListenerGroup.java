package io.cacheaside.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, in their order, and lets nothing that one of them throws reach the others or the engine: counting must
 * not break a read.
 */
final class ListenerGroup implements CacheListener {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerGroup.class);

    private final List<CacheListener> listeners;

    private final AtomicBoolean told = new AtomicBoolean();

    ListenerGroup(List<CacheListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void hit(String cache) {
        each(listener -> listener.hit(cache));
    }

    @Override
    public void miss(String cache) {
        each(listener -> listener.miss(cache));
    }

    @Override
    public void joined(String cache) {
        each(listener -> listener.joined(cache));
    }

    @Override
    public void bypass(String cache, BypassReason reason) {
        each(listener -> listener.bypass(cache, reason));
    }

    @Override
    public void load(String cache, Duration took, boolean failed) {
        each(listener -> listener.load(cache, took, failed));
    }

    @Override
    public void stale(String cache) {
        each(listener -> listener.stale(cache));
    }

    @Override
    public void refresh(String cache, RefreshState state) {
        each(listener -> listener.refresh(cache, state));
    }

    @Override
    public void unavailable(int masters) {
        each(listener -> listener.unavailable(masters));
    }

    @Override
    public void fill(String cache, FillOutcome outcome) {
        each(listener -> listener.fill(cache, outcome));
    }

    @Override
    public void fillFailed(String cache) {
        each(listener -> listener.fillFailed(cache));
    }

    @Override
    public void leaseWait(String cache, Duration waited) {
        each(listener -> listener.leaseWait(cache, waited));
    }

    @Override
    public void unreadable(String cache, String cause) {
        each(listener -> listener.unreadable(cache, cause));
    }

    @Override
    public void unwritable(String cache) {
        each(listener -> listener.unwritable(cache));
    }

    @Override
    public void unusableTtl(String cache) {
        each(listener -> listener.unusableTtl(cache));
    }

    @Override
    public void invalidated(String cache, int keys) {
        each(listener -> listener.invalidated(cache, keys));
    }

    @Override
    public void invalidatedLater(String cache, int keys, Duration lag) {
        each(listener -> listener.invalidatedLater(cache, keys, lag));
    }

    @Override
    public void background(BackgroundQueue queue) {
        each(listener -> listener.background(queue));
    }

    @Override
    public void wroteThrough(String cache, ThroughOutcome outcome) {
        each(listener -> listener.wroteThrough(cache, outcome));
    }

    @Override
    public void invalidatedAll(String cache, Duration took) {
        each(listener -> listener.invalidatedAll(cache, took));
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        each(listener -> listener.invalidationUnconfirmed(cache, keys));
    }

    @Override
    public void distrusted(String cache) {
        each(listener -> listener.distrusted(cache));
    }

    @Override
    public void trusted(String cache) {
        each(listener -> listener.trusted(cache));
    }

    @Override
    public void marked(String cache, int keys) {
        each(listener -> listener.marked(cache, keys));
    }

    @Override
    public void markFailed(String cache, int keys) {
        each(listener -> listener.markFailed(cache, keys));
    }

    @Override
    public void invalidatedTag(Duration took) {
        each(listener -> listener.invalidatedTag(took));
    }

    @Override
    public void relayed(String cache, Duration lag) {
        each(listener -> listener.relayed(cache, lag));
    }

    @Override
    public void setAside(String cache) {
        each(listener -> listener.setAside(cache));
    }

    @Override
    public void keySkipped(String cache) {
        each(listener -> listener.keySkipped(cache));
    }

    @Override
    public void storeFailed(String cache) {
        each(listener -> listener.storeFailed(cache));
    }

    @Override
    public void hotCallSkipped(String cache) {
        each(listener -> listener.hotCallSkipped(cache));
    }

    @Override
    public void masterChanged() {
        each(CacheListener::masterChanged);
    }

    private void each(Consumer<CacheListener> event) {
        for (CacheListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                if (told.compareAndSet(false, true)) {
                    LOG.warn("{} threw; listeners must not, and what they throw is dropped", listener.getClass(), e);
                }
            }
        }
    }
}
