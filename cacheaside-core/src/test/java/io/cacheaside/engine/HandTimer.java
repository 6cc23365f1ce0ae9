package io.cacheaside.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs nothing by itself: the time of the task that was scheduled last comes when a test says so. */
final class HandTimer extends ScheduledThreadPoolExecutor {

    private final List<Duration> pauses = new ArrayList<>();
    private Runnable due = () -> {};

    HandTimer() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        pauses.add(Duration.of(delay, unit.toChronoUnit()));
        due = task;
        return super.schedule(() -> {}, 1, TimeUnit.HOURS);
    }

    /** The pauses that were asked for, in their order. */
    List<Duration> pauses() {
        return pauses;
    }

    Duration lastPause() {
        return pauses.get(pauses.size() - 1);
    }

    /** Runs what is due. */
    void elapse() {
        Runnable task = due;
        due = () -> {};
        task.run();
    }
}
