package io.cacheaside.aspect.shop;

import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.ThroughOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the listener was told that the tests ask for. */
public final class Events implements CacheListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    /** All of them, in their order. */
    public List<String> all() {
        return List.copyOf(events);
    }

    @Override
    public void hit(String cache) {
        events.add("hit " + cache);
    }

    @Override
    public void miss(String cache) {
        events.add("miss " + cache);
    }

    @Override
    public void bypass(String cache, BypassReason reason) {
        events.add("bypass " + cache + " " + reason);
    }

    @Override
    public void invalidated(String cache, int keys) {
        events.add("invalidated " + cache + " " + keys);
    }

    @Override
    public void invalidatedAll(String cache, Duration took) {
        events.add("invalidated all of " + cache);
    }

    @Override
    public void refresh(String cache, RefreshState state) {
        events.add("refresh " + cache + " " + state);
    }

    @Override
    public void unusableTtl(String cache) {
        events.add("unusable ttl " + cache);
    }

    @Override
    public void wroteThrough(String cache, ThroughOutcome outcome) {
        events.add("through " + cache + " " + outcome);
    }

    @Override
    public void keySkipped(String cache) {
        events.add("skipped " + cache);
    }
}
