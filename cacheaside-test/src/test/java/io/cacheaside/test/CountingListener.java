package io.cacheaside.test;

import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.FillOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts events by name. */
final class CountingListener implements CacheListener {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    int count(String event) {
        return counts.getOrDefault(event, 0);
    }

    private void add(String event, int times) {
        counts.merge(event, times, Integer::sum);
    }

    @Override
    public void hit(String cache) {
        add("hit", 1);
    }

    @Override
    public void miss(String cache) {
        add("miss", 1);
    }

    @Override
    public void joined(String cache) {
        add("joined", 1);
    }

    @Override
    public void bypass(String cache, BypassReason reason) {
        add("bypass " + reason, 1);
    }

    @Override
    public void load(String cache, Duration took, boolean failed) {
        add(failed ? "load failed" : "load", 1);
    }

    @Override
    public void fill(String cache, FillOutcome outcome) {
        add("fill " + outcome, 1);
    }

    @Override
    public void fillFailed(String cache) {
        add("fill failed", 1);
    }

    @Override
    public void leaseWait(String cache, Duration waited) {
        add("lease wait", 1);
    }

    @Override
    public void unreadable(String cache, String cause) {
        add("unreadable", 1);
    }

    @Override
    public void unwritable(String cache) {
        add("unwritable", 1);
    }

    @Override
    public void invalidated(String cache, int keys) {
        add("invalidated", keys);
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        add("unconfirmed", keys);
    }

    @Override
    public void marked(String cache, int keys) {
        add("marked", keys);
    }

    @Override
    public void markFailed(String cache, int keys) {
        add("mark failed", keys);
    }

    @Override
    public void relayed(String cache, Duration lag) {
        add("relayed", 1);
    }

    @Override
    public void setAside(String cache) {
        add("set aside", 1);
    }

    @Override
    public void stale(String cache) {
        add("stale", 1);
    }

    @Override
    public void unavailable(int masters) {
        add("unavailable", 1);
    }

    @Override
    public void storeFailed(String cache) {
        add("store failed", 1);
    }
}
