package io.cacheaside.verification.fanout;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.EnableCacheAside;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * The JVM that writes: {@code fill} stores what is to be invalidated, {@code call} invalidates all keys by one annotated call,
 * {@code stream} by the client from keys that are made as they are taken.
 */
final class FanOutJvm {

    static final String NAMESPACE = "verify";

    private static final int BATCH = 1_000;
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final FanOutPlan plan;
    private final FanOutWatch watch;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final CacheAsideClient client;
    private final Feeds feeds;

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class Caching {}

    private FanOutJvm(String address, FanOutPlan plan) {
        this.plan = plan;
        this.watch = new FanOutWatch(Math.min(plan.queue(), plan.keys()) * 9 / 10);
        RedissonPolicy usual = RedissonPolicy.DEFAULTS;
        RedissonSlots slots = RedissonSlots.open(
                RedissonClients.create(RedissonSettings.of(address)),
                NAMESPACE,
                new RedissonPolicy(PATIENT, PATIENT, PATIENT, PATIENT, usual.longestWait()));
        slots.awaitServing(PATIENT);
        context.registerBean(
                CacheAsideClient.class,
                () -> CacheAsideClient.builder()
                        .namespace(NAMESPACE)
                        .store(slots.store())
                        .leases(slots.leases())
                        .codec(KryoCodec.builder().build())
                        .defaults(CacheSettings.builder()
                                .readTimeout(PATIENT)
                                .leaseTimeout(PATIENT)
                                .fillTimeout(PATIENT)
                                .invalidateTimeout(PATIENT)
                                .build())
                        .background(plan.policy())
                        .listener(watch)
                        .build());
        context.registerBean(Feeds.class);
        context.register(Caching.class);
        context.refresh();
        client = context.getBean(CacheAsideClient.class);
        feeds = context.getBean(Feeds.class);
    }

    public static void main(String[] args) throws Exception {
        String[] plan = new String[args.length - 1];
        System.arraycopy(args, 1, plan, 0, plan.length);
        FanOutJvm jvm = new FanOutJvm(args[0], FanOutPlan.parse(plan));
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "fill" -> jvm.fill();
                case "call" -> jvm.call();
                default -> jvm.stream();
            }
        }
        jvm.context.close();
        Runtime.getRuntime().halt(0);
    }

    private void fill() {
        List<Long> all = plan.whoIsCached();
        for (int from = 0; from < all.size(); from += BATCH) {
            feeds.feeds(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        System.out.println("filled");
    }

    private void call() {
        List<Long> followers = new ArrayList<>(plan.keys());
        LongStream.range(0, plan.keys()).forEach(followers::add);
        measure(() -> feeds.publish(followers));
    }

    private void stream() {
        Iterable<String> keys =
                () -> LongStream.range(0, plan.keys()).mapToObj(FanOutJvm::key).iterator();
        measure(() -> client.invalidateLater(Feeds.CACHE, keys));
    }

    static String key(long follower) {
        return NAMESPACE + ":" + Feeds.CACHE + ":" + follower;
    }

    private void measure(Runnable write) {
        watch.reset();
        Thread sampler = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                watch.sample();
                LockSupport.parkNanos(SAMPLE_NANOS);
            }
        });
        sampler.start();
        long began = System.nanoTime();
        write.run();
        long called = System.nanoTime();
        while (watch.acknowledged() < plan.keys() && System.nanoTime() - began < PATIENCE_NANOS) {
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        long all = System.nanoTime();
        sampler.interrupt();
        System.out.println("figures "
                + watch.figures(millis(called - began), millis(all - began)).line());
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
