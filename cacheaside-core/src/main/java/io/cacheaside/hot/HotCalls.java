package io.cacheaside.hot;

import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.HotCallLog;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the hot calls of some caches: samples their reads, counts them in a sketch per cache, and adds the counts to the
 * common record now and then and when it is closed. Thread-safe.
 */
public final class HotCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HotCalls.class);
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);

    /** Below the top of one JVM may be the top of all together. */
    private static final int KEPT_PER_SIZE = 2;

    private final HotCallPolicy policy;
    private final HotCallLog log;
    private final CacheListener listener;
    private final IntUnaryOperator random;
    private final Supplier<LocalDate> today;
    private final Map<String, HotCache> caches = new HashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;

    HotCalls(
            HotCallPolicy policy,
            HotCallLog log,
            CacheListener listener,
            IntUnaryOperator random,
            Supplier<LocalDate> today) {
        this.policy = policy;
        this.log = log;
        this.listener = listener;
        this.random = random;
        this.today = today;
        policy.caches().forEach(cache -> caches.put(cache, new HotCache(cache, policy.size())));
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "cacheaside-hot");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to record into {@code log}; days are those of UTC.
     *
     * @param listener is told of calls that could not be recorded
     */
    public static HotCalls record(HotCallPolicy policy, HotCallLog log, CacheListener listener) {
        HotCalls calls = new HotCalls(
                policy,
                log,
                listener,
                bound -> ThreadLocalRandom.current().nextInt(bound),
                () -> LocalDate.now(ZoneOffset.UTC));
        calls.start();
        return calls;
    }

    private void start() {
        long interval = policy.flushInterval().toNanos();
        timer.scheduleWithFixedDelay(this::flush, interval, interval, TimeUnit.NANOSECONDS);
    }

    /**
     * What the calls of one method are told to, or null where its cache is not recorded.
     *
     * @param where the method, as messages name it
     * @param parameters the types of its parameters
     */
    public @Nullable HotMethod method(String cache, String where, List<Class<?>> parameters) {
        HotCache hot = caches.get(cache);
        return hot == null ? null : new HotMethod(this, hot, where, parameters);
    }

    /** What is recorded. */
    public HotCallPolicy policy() {
        return policy;
    }

    /**
     * The hottest calls of {@code cache} in the last days of all JVMs together, the hottest first: {@link ArgumentLine}s with
     * the method and its arguments. Waits for the record.
     *
     * @throws ExecutionException where the record failed
     * @throws TimeoutException where it gave no answer within five seconds
     */
    public List<String> hottest(String cache) throws ExecutionException, TimeoutException, InterruptedException {
        LocalDate last = today.get();
        List<LocalDate> days = Stream.iterate(last, day -> day.minusDays(1))
                .limit(policy.days())
                .toList();
        return log.hottest(cache, days, policy.size()).get(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isSampled() {
        return random.applyAsInt(policy.sample()) == 0;
    }

    void skipped(String cache, String where) {
        listener.hotCallSkipped(cache);
        if (told.add(where)) {
            LOG.warn(
                    "Calls of {} are not recorded as hot: an argument has no text from which it can be made again, or a"
                            + " long one",
                    where);
        }
    }

    /** Adds what was counted to the common record; what it does not take is lost. */
    void flush() {
        caches.values().forEach(this::flush);
    }

    private void flush(HotCache cache) {
        Map<String, Long> reads = new HashMap<>();
        cache.drain().forEach((line, count) -> reads.put(line, count * policy.sample()));
        if (reads.isEmpty()) {
            return;
        }
        try {
            log.add(cache.name(), today.get(), reads, KEPT_PER_SIZE * policy.size(), Duration.ofDays(policy.days()))
                    .get(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The hot calls of cache '{}' since the last time are lost", cache.name(), e);
            if (told.add("")) {
                LOG.warn("The hot calls of cache '{}' could not be recorded ({})", cache.name(), e.toString());
            }
        }
    }

    /** Ends the recording after a last flush, five seconds a cache at most. Harmless when repeated. */
    @Override
    public void close() {
        if (!timer.isShutdown()) {
            timer.shutdownNow();
            flush();
        }
    }
}
