package io.cacheaside.verification.outage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.verification.Options;
import io.cacheaside.verification.Percentiles;
import io.cacheaside.verification.faults.FaultProbe;
import io.cacheaside.verification.history.documents.ByHandDocuments;
import io.cacheaside.verification.history.documents.CacheAsideDocuments;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.Transactions;
import io.cacheaside.verification.history.documents.Unconfirmed;
import io.cacheaside.verification.history.documents.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * One instance of an application whose Redis goes away: with the cache as the library comes, or with one written by hand on
 * Redisson as that comes. Each order is answered by one line that begins with its name.
 */
final class OutageJvm {

    static final String BY_HAND = "by-hand";

    private static final long SMALL_STACK = 64 << 10;

    private final FaultProbe probe = new FaultProbe(Shelves.NONE, MarkPolicy.DEFAULT);
    private final SlowRows rows;
    private final Documents documents;
    private final int keys;
    private @Nullable OpenLoop loop;
    private @Nullable Writer writer;

    private OutageJvm(Options options) {
        this.keys = options.positive("keys", 1);
        this.rows = new SlowRows(Path.of(options.text("rows", "")), keys + 1, options.duration("load", Duration.ZERO));
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:outage;DB_CLOSE_DELAY=-1", "sa", "");
        DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
        String redis = options.text("redis", "");
        this.documents = options.text("side", "").equals(BY_HAND)
                ? new ByHandDocuments(usualRedisson(redis), new Transactions(manager), rows)
                : probe.watching(new CacheAsideDocuments(
                        RedissonClients.create(RedissonSettings.of(redis)), manager, rows, Shelves.NONE, probe));
    }

    private static RedissonClient usualRedisson(String redis) {
        Config config = new Config();
        config.useSingleServer().setAddress(redis);
        return Redisson.create(config);
    }

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("io.cacheaside")).setLevel(Level.OFF);
        OutageJvm jvm = new OutageJvm(Options.parse(args));
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            System.out.println(words[0] + " " + jvm.obey(words));
        }
        Runtime.getRuntime().halt(0);
    }

    private Object obey(String[] words) throws IOException, InterruptedException {
        return switch (words[0]) {
            case "warm" -> warm();
            case "load" -> load(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "stop" -> stop(Path.of(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
            case "write" -> write(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
            case "written" -> written();
            case "open" -> probe.open();
            case "forget" -> forget();
            case "opened" -> probe.firstRefusal();
            case "stale" -> stale(Integer.parseInt(words[1]));
            default -> stampede(Integer.parseInt(words[1]), keys);
        };
    }

    private int warm() {
        for (int key = 0; key < keys; key++) {
            documents.read(key);
            documents.change(key, Way.PLAIN); // a service that is at work has written, too
            documents.read(key);
            documents.read(key);
        }
        rows.takeLoads();
        return keys;
    }

    private String forget() {
        probe.forgetRefusals();
        return "";
    }

    private int load(int perSecond, int most) {
        OpenLoop next = new OpenLoop(this::readAndLook, keys, perSecond, most);
        loop = next;
        next.start();
        return perSecond;
    }

    private boolean readAndLook(int key) {
        rows.hasLoaded();
        documents.read(key);
        return rows.hasLoaded();
    }

    /** The 99th percentile of the loads that began in the given time, in nanoseconds. */
    private long stop(Path file, long from, long to) throws IOException, InterruptedException {
        OpenLoop running = loop;
        if (running != null) {
            Sample.write(running.stop(), file);
        }
        long[] loads = rows.takeLoads().stream()
                .filter(load -> load.at() >= from && load.at() < to)
                .mapToLong(SlowRows.Load::nanos)
                .toArray();
        return loads.length == 0 ? 0 : new Percentiles(loads).at(99);
    }

    private int write(int first, int count, long pauseMillis) {
        Writer next = new Writer(first, count, pauseMillis);
        writer = next;
        next.start();
        return count;
    }

    /** How many writes threw, and how long the longest took. */
    private String written() throws InterruptedException {
        Writer last = writer;
        if (last == null) {
            return "0 0";
        }
        last.join();
        return last.failed + " " + last.longest;
    }

    private final class Writer extends Thread {

        private final int first;
        private final int count;
        private final long pauseMillis;
        private volatile int failed;
        private volatile long longest;

        Writer(int first, int count, long pauseMillis) {
            super("writer");
            this.first = first;
            this.count = count;
            this.pauseMillis = pauseMillis;
        }

        @Override
        public void run() {
            int failures = 0;
            for (int key = first; key < first + count; key++) {
                long begun = System.nanoTime();
                try {
                    documents.change(key, Way.PLAIN);
                } catch (Unconfirmed changed) {
                    // the row is changed, and the caller is not told
                } catch (RuntimeException failure) {
                    failures++;
                }
                longest = Math.max(longest, System.nanoTime() - begun);
                LockSupport.parkNanos(pauseMillis * 1_000_000 - (System.nanoTime() - begun));
            }
            failed = failures;
        }
    }

    /** Of the first {@code count} keys, how many are read otherwise than the database has them. */
    private int stale(int count) {
        int stale = 0;
        for (int key = 0; key < count; key++) {
            stale += documents.read(key).version() == rows.version(key) ? 0 : 1;
        }
        return stale;
    }

    /** So many threads read one key at once: how many loads, how many of them at a time, exceptions, and how long. */
    private String stampede(int threads, int key) throws InterruptedException {
        rows.takeLoads();
        CountDownLatch standing = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(threads);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            new Thread(null, () -> caller(key, standing, go, answered, failed), "caller-" + i, SMALL_STACK).start();
        }
        standing.await();
        long begun = System.nanoTime();
        go.countDown();
        answered.await();
        long took = System.nanoTime() - begun;
        int atATime = rows.mostAtATime();
        return rows.takeLoads().size() + " " + atATime + " " + failed + " " + took;
    }

    private void caller(
            int key, CountDownLatch standing, CountDownLatch go, CountDownLatch answered, AtomicInteger failed) {
        try {
            standing.countDown();
            go.await();
            documents.read(key);
        } catch (InterruptedException | RuntimeException failure) {
            failed.incrementAndGet();
        } finally {
            answered.countDown();
        }
    }

    /** The sides in the order of their turns. */
    static List<String> sides(String peers) {
        return switch (peers) {
            case BY_HAND -> List.of("cacheaside", BY_HAND);
            case "none" -> List.of("cacheaside");
            default -> throw new IllegalArgumentException("--peers wants " + BY_HAND + " or none");
        };
    }
}
