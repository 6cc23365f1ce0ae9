package io.cacheaside.aspect.warm;

import io.cacheaside.aspect.warm.WarmReport.End;
import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: every source is read, then every call made; sources that failed once more, if that is asked for. */
final class WarmRun {

    private static final Logger LOG = LoggerFactory.getLogger(CacheWarmer.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(5);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final Map<String, WarmSource> sources;
    private final WarmPolicy policy;
    private final Consumer<Duration> serving;
    private final long begin = System.nanoTime();
    private final long end;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable WarmWork work;

    WarmRun(Map<String, WarmSource> sources, WarmPolicy policy, Consumer<Duration> serving) {
        this.sources = sources;
        this.policy = policy;
        this.serving = serving;
        this.end = begin + policy.timeout().toNanos();
    }

    /** Makes the calls, on threads of its own, and waits for them. An interrupted thread stays interrupted. */
    WarmReport run() {
        Map<String, WarmReport.Source> reports = new LinkedHashMap<>();
        Map<String, WarmSource> waiting = new LinkedHashMap<>(sources);
        End ended = null;
        while (ended == null) {
            End tried = attempt(waiting, reports);
            waiting.keySet().removeIf(name -> isDone(reports.get(name)));
            boolean again = tried == End.DONE
                    && !waiting.isEmpty()
                    && !policy.repeatAfter().isZero();
            ended = again ? pause() : tried;
        }
        return new WarmReport(new ArrayList<>(reports.values()), elapsed(), ended);
    }

    private static boolean isDone(WarmReport.@Nullable Source report) {
        return report != null && report.failure() == null;
    }

    /** Ends the run soon: nothing is begun any more, and calls under way are interrupted. */
    void stop() {
        stopped.countDown();
        WarmWork working = work;
        if (working != null) {
            working.interrupt();
        }
    }

    private End attempt(Map<String, WarmSource> waiting, Map<String, WarmReport.Source> reports) {
        try {
            serving.accept(shorter(FIRST_CONTACT, remaining()));
        } catch (ConfigurationException e) {
            String why = "not read: " + e.getMessage();
            waiting.keySet().forEach(name -> reports.put(name, new WarmReport.Source(name, 0, 0, 0, 0, why)));
            return stopped.getCount() == 0 || Thread.currentThread().isInterrupted() ? End.STOPPED : End.DONE;
        }
        return read(waiting, reports);
    }

    private End read(Map<String, WarmSource> waiting, Map<String, WarmReport.Source> reports) {
        List<SourceRun> runs = new ArrayList<>();
        List<Runnable> calls = new ArrayList<>();
        waiting.forEach((name, source) -> {
            SourceRun run = new SourceRun(name, source, this::remaining);
            runs.add(run);
            calls.addAll(run.read());
        });
        End ended = make(calls, runs);
        for (SourceRun run : runs) {
            WarmReport.Source report = run.report();
            reports.put(report.name(), report);
        }
        return ended;
    }

    private End make(List<Runnable> calls, List<SourceRun> runs) {
        WarmWork working = new WarmWork(calls, policy, end);
        work = working;
        long first = System.nanoTime();
        working.start();
        try {
            if (stopped.getCount() == 0) {
                working.interrupt();
            }
            while (!working.await(shorter(TOLD_EVERY, remaining()))) {
                if (isOver()) {
                    working.stop();
                    return End.TIME_OVER;
                }
                long failed =
                        runs.stream().mapToLong(run -> run.report().failed()).sum();
                LOG.info(
                        "Warming: {}",
                        new Progress(
                                working.made(), calls.size(), failed, Duration.ofNanos(System.nanoTime() - first)));
            }
        } catch (InterruptedException e) {
            working.interrupt();
            sayGoodbye(working);
            Thread.currentThread().interrupt();
            return End.STOPPED;
        }
        if (working.made() == calls.size()) {
            return End.DONE;
        }
        return stopped.getCount() == 0 ? End.STOPPED : End.TIME_OVER;
    }

    private static void sayGoodbye(WarmWork working) {
        try {
            working.await(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            LOG.debug("interrupted twice: calls of the warmer may still go on");
        }
    }

    /** Waits before sources are tried again; null where they may be. */
    private @Nullable End pause() {
        try {
            if (stopped.await(shorter(policy.repeatAfter(), remaining()).toNanos(), TimeUnit.NANOSECONDS)) {
                return End.STOPPED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.STOPPED;
        }
        return isOver() ? End.TIME_OVER : null;
    }

    private boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    private Duration remaining() {
        return stopped.getCount() == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
