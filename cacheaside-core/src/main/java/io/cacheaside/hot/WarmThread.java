package io.cacheaside.hot;

import java.util.concurrent.Semaphore;

/**
 * A thread that warms. Its calls are not recorded, or what was warmed once would stay hot for ever; and its loads wait for
 * their turn: more threads than loads, so that some ask the store while others load.
 */
public final class WarmThread extends Thread {

    private final Semaphore turns;
    private boolean loading;

    /** Held while a load runs. */
    public interface Turn extends AutoCloseable {

        /** Of threads that do not warm, and of a load inside a load. */
        Turn NONE = () -> {};

        @Override
        void close();
    }

    /** A daemon thread whose loads take one of {@code turns}. */
    public WarmThread(Runnable work, String name, Semaphore turns) {
        super(work, name);
        this.turns = turns;
        setDaemon(true);
    }

    /** Waits for the calling thread's turn to load. An interrupt ends the wait and stays set. */
    public static Turn turn() {
        return Thread.currentThread() instanceof WarmThread warming ? warming.next() : Turn.NONE;
    }

    private Turn next() {
        if (loading) {
            return Turn.NONE;
        }
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            interrupt();
            return Turn.NONE;
        }
        loading = true;
        return () -> {
            loading = false;
            turns.release();
        };
    }
}
