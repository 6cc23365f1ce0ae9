package io.cacheaside.hot;

/** A thread that warms: its calls are not recorded, or what was warmed once would stay hot for ever. */
public final class WarmThread extends Thread {

    /** A daemon thread. */
    public WarmThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }
}
