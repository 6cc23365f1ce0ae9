package io.cacheaside.verification.freshness;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.verification.Options;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One of the JVMs that read: {@code first <way>} reads once, {@code read <way> <millis>} reads at the rate, each time the
 * entry of that way and then the lasting one, and tells what came of it.
 */
final class FreshnessJvm {

    private static final String NAMESPACE = "verify";
    private static final int THREADS = 4;

    private final FreshnessPlan plan;
    private final RedissonSlots slots;
    private final Map<Way, ReadPath> reads = new EnumMap<>(Way.class);
    private final Queue<Load> loads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger misses = new AtomicInteger();

    private FreshnessJvm(String address, FreshnessPlan plan) {
        this.plan = plan;
        this.slots = RedissonSlots.open(RedissonClients.create(RedissonSettings.of(address)), NAMESPACE, patient(plan));
        CacheAsideClientBuilder builder = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .listener(new CacheListener() {
                    @Override
                    public void miss(String cache) {
                        misses.incrementAndGet();
                    }
                })
                .codec(KryoCodec.builder().build());
        for (Way way : Way.values()) {
            builder.cache(way.cache(), way.settings(plan));
        }
        CacheAsideClient client = builder.build();
        for (Way way : Way.values()) {
            reads.put(way, client.readPath(client.policyOf(way.cache(), CacheSettings.NONE), String.class));
        }
    }

    public static void main(String[] args) {
        try {
            FreshnessPlan plan = FreshnessPlan.of(Options.parse(Arrays.copyOfRange(args, 1, args.length)));
            new FreshnessJvm(args[0], plan).obey();
            Runtime.getRuntime().halt(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void obey() throws Throwable {
        warmUp();
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 3);
            Way way = Way.valueOf(words[1]);
            if (words[0].equals("first")) {
                read(way);
                awaitStored(way);
                System.out.println("loaded");
            } else {
                readFor(way, Duration.ofMillis(Long.parseLong(words[2])));
            }
        }
    }

    /** A read that is late is a miss, which would look like a reader that waited for a load. */
    private static RedissonPolicy patient(FreshnessPlan plan) {
        RedissonPolicy usual = RedissonPolicy.DEFAULTS;
        return new RedissonPolicy(
                plan.patience(), plan.patience(), usual.fill(), usual.invalidate(), usual.longestWait());
    }

    private static String key(Way way) {
        return NAMESPACE + ":" + way.cache() + ":k";
    }

    /** Until a fill was stored nothing is filled on purpose; and what is not compiled yet is slow. */
    private void warmUp() throws Throwable {
        read(Way.LASTING);
        awaitStored(Way.LASTING);
        for (int i = 0; i < 10 * plan.rate(); i++) {
            read(Way.LASTING);
        }
    }

    private void awaitStored(Way way) throws Throwable {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isStored(way)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing is filled");
            }
            LockSupport.parkNanos(5_000_000);
            read(way);
        }
    }

    private boolean isStored(Way way) throws InterruptedException, TimeoutException {
        try {
            return slots.store().get(key(way)).get(10, TimeUnit.SECONDS) != null;
        } catch (ExecutionException notYet) {
            return false; // Redis has not answered for the first time
        }
    }

    private void read(Way way) throws Throwable {
        Objects.requireNonNull(reads.get(way)).read(key(way), () -> load(way), null);
    }

    private String load(Way way) throws InterruptedException {
        long began = System.currentTimeMillis();
        Thread.sleep(plan.load().toMillis()); // the work of the method
        if (way != Way.LASTING) {
            loads.add(new Load(began, System.currentTimeMillis()));
        }
        return "row";
    }

    private void readFor(Way way, Duration length) throws InterruptedException {
        misses.set(0);
        List<Reader> readers = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; i < THREADS; i++) {
            Reader reader = new Reader(way, end, TimeUnit.SECONDS.toNanos(THREADS) / plan.rate());
            readers.add(reader);
            reader.start();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / plan.rate());
        }
        for (Reader reader : readers) {
            reader.join();
        }
        System.out.println("misses " + misses);
        System.out.println("loads " + loads.stream().map(Load::toString).collect(Collectors.joining(" ")));
        loads.clear();
        System.out.println(
                "reads " + joined(readers.stream().map(reader -> reader.own).toList()));
        System.out.println(
                "plain " + joined(readers.stream().map(reader -> reader.plain).toList()));
    }

    private static String joined(List<List<Long>> micros) {
        return micros.stream()
                .flatMap(List::stream)
                .map(value -> Long.toString(value))
                .collect(Collectors.joining(" "));
    }

    /** One of the threads that read at a steady pace. */
    private final class Reader extends Thread {

        private final Way way;
        private final long end;
        private final long everyNanos;
        private final List<Long> own = new ArrayList<>();
        private final List<Long> plain = new ArrayList<>();

        Reader(Way way, long end, long everyNanos) {
            this.way = way;
            this.end = end;
            this.everyNanos = everyNanos;
        }

        @Override
        public void run() {
            try {
                for (long due = System.nanoTime(); due < end; due += everyNanos) {
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    // by turns: the first read after a pause is the slower one
                    if (own.size() % 2 == 0) {
                        own.add(timed(way));
                        plain.add(timed(Way.LASTING));
                    } else {
                        plain.add(timed(Way.LASTING));
                        own.add(timed(way));
                    }
                }
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }

        private long timed(Way read) throws Throwable {
            long began = System.nanoTime();
            read(read);
            return (System.nanoTime() - began) / 1_000;
        }

        private void read(Way read) throws Throwable {
            FreshnessJvm.this.read(read);
        }
    }
}
