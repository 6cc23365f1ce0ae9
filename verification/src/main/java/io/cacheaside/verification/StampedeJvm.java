package io.cacheaside.verification;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One of the JVMs of a {@link Stampede}: {@code prepare <key>}, {@code go}, and what came of it. */
final class StampedeJvm {

    private static final String NAMESPACE = "verify";
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final int callers;
    private final Duration load;
    private final ReadPath reads;
    private final RedissonSlots slots;
    private final ExecutorService threads;
    private final AtomicInteger loads = new AtomicInteger();
    private final Bypasses bypasses = new Bypasses();

    private StampedeJvm(String address, String name, int callers, Duration load, Duration lease) {
        this.name = name;
        this.callers = callers;
        this.load = load;
        this.slots = RedissonSlots.open(RedissonClients.create(RedissonSettings.of(address)), NAMESPACE, policy(lease));
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .listener(bypasses)
                .codec(KryoCodec.builder().build())
                .build();
        this.reads = client.readPath(client.policyOf("stampede", settings(lease)), String.class);
        this.threads = Executors.newFixedThreadPool(callers);
    }

    public static void main(String[] args) throws Throwable {
        StampedeJvm jvm =
                new StampedeJvm(args[0], args[1], Integer.parseInt(args[2]), millis(args[3]), millis(args[4]));
        jvm.awaitFills();
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Burst burst = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.startsWith("prepare ")) {
                burst = jvm.prepare(order.substring("prepare ".length()));
                System.out.println("ready");
            } else if (burst != null) {
                burst.go(System.out::println);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static RedissonPolicy policy(Duration lease) {
        RedissonPolicy usual = RedissonPolicy.DEFAULTS;
        return new RedissonPolicy(usual.read(), lease, usual.fill(), usual.invalidate(), usual.longestWait());
    }

    private static CacheSettings settings(Duration lease) {
        return CacheSettings.builder()
                .lease(lease)
                .waitFor(lease.plusSeconds(3))
                .build();
    }

    private static String key(String id) {
        return NAMESPACE + ":stampede:" + id;
    }

    /** Waits until a fill was stored: until then loads run without lease on purpose. */
    private void awaitFills() throws Throwable {
        String key = key("warm-" + name);
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (true) {
            reads.read(key, () -> "warm", null);
            try {
                if (slots.store().get(key).get(1, TimeUnit.SECONDS) != null) {
                    return;
                }
            } catch (java.util.concurrent.ExecutionException notYet) {
                // Redis has not answered for the first time
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing is filled");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Burst prepare(String id) throws InterruptedException {
        loads.set(0);
        bypasses.counts.clear();
        Burst burst = new Burst(key(id));
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            threads.execute(() -> burst.call(number));
        }
        burst.standing.await();
        return burst;
    }

    private String load(String key) throws InterruptedException {
        int number = loads.incrementAndGet();
        Thread.sleep(load.toMillis()); // the work of the method
        return key + "/" + name + "/" + number;
    }

    /** All callers of this JVM, standing at the start. */
    private final class Burst {

        private final String key;
        private final CountDownLatch standing = new CountDownLatch(callers);
        private final CountDownLatch go = new CountDownLatch(1);
        private final CountDownLatch finished = new CountDownLatch(callers);
        private final Set<String> values = ConcurrentHashMap.newKeySet();
        private final long[] micros = new long[callers];
        private volatile long began;

        Burst(String key) {
            this.key = key;
        }

        private void call(int caller) {
            try {
                standing.countDown();
                go.await();
                values.add(String.valueOf(reads.read(key, () -> load(key), null)));
                micros[caller] = (System.nanoTime() - began) / 1_000;
            } catch (Throwable failure) {
                values.add(failure.toString().replace(' ', '_'));
            } finally {
                finished.countDown();
            }
        }

        private void go(Consumer<String> out) throws InterruptedException {
            began = System.nanoTime();
            go.countDown();
            finished.await();
            out.accept("loads " + loads);
            out.accept("values " + String.join(" ", new TreeSet<>(values)));
            out.accept("bypasses " + bypasses);
            out.accept("micros "
                    + LongStream.of(Arrays.stream(micros).filter(it -> it > 0).toArray())
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(" ")));
        }
    }

    /** Why methods ran without a lease: what there is to know of a second load. */
    private static final class Bypasses implements CacheListener {

        private final Map<BypassReason, Integer> counts = new ConcurrentHashMap<>();

        @Override
        public void bypass(String cache, BypassReason reason) {
            counts.merge(reason, 1, Integer::sum);
        }

        @Override
        public String toString() {
            return counts.isEmpty() ? "none" : counts.toString().replaceAll("[{} ]", "");
        }
    }
}
