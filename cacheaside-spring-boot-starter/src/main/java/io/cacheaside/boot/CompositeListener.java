package io.cacheaside.boot;

import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.FillOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Tells several listeners, in their order. */
final class CompositeListener implements CacheListener {

    private final List<CacheListener> listeners;

    private CompositeListener(List<CacheListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** The one listener that tells all of {@code listeners}. */
    static CacheListener of(List<CacheListener> listeners) {
        return switch (listeners.size()) {
            case 0 -> CacheListener.none();
            case 1 -> listeners.get(0);
            default -> new CompositeListener(listeners);
        };
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
    public void invalidated(String cache, int keys) {
        each(listener -> listener.invalidated(cache, keys));
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        each(listener -> listener.invalidationUnconfirmed(cache, keys));
    }

    @Override
    public void keySkipped(String cache) {
        each(listener -> listener.keySkipped(cache));
    }

    @Override
    public void storeFailed(String cache) {
        each(listener -> listener.storeFailed(cache));
    }

    private void each(Consumer<CacheListener> event) {
        listeners.forEach(event);
    }
}
