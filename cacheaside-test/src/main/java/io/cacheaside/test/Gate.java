package io.cacheaside.test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A point that holds whoever comes by until it is opened. Used once. Every wait is bounded by ten seconds. */
public final class Gate {

    private static final long BOUND_SECONDS = 10;

    private final String name;
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** A closed gate; {@code name} is told when a wait fails. */
    public Gate(String name) {
        this.name = name;
    }

    /** Arrives and blocks until the gate is open. */
    public void pass() {
        arrived.complete(null);
        await(opened, "was never opened");
    }

    /** Arrives; the future completes when the gate is open. */
    public CompletableFuture<Void> passAsync() {
        arrived.complete(null);
        return opened;
    }

    /** Blocks until somebody has arrived. */
    public void awaitArrival() {
        await(arrived, "was never reached");
    }

    /** Lets everybody pass, now and later. */
    public void open() {
        opened.complete(null);
    }

    private void await(CompletableFuture<Void> event, String failure) {
        try {
            event.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("gate '" + name + "' " + failure, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at gate '" + name + "'", e);
        }
    }
}
