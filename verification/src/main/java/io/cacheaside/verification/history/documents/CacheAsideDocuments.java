package io.cacheaside.verification.history.documents;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.EnableCacheAside;
import io.cacheaside.aspect.spring.SpringTransactionConnection;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.jdbc.OutboxRelay;
import io.cacheaside.jdbc.RelayPolicy;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.TransactionBoundary;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * Cached by the annotations, in a Spring context. Its transactions also read what they have written and not committed,
 * which a cache must not let others see.
 */
public final class CacheAsideDocuments implements Documents {

    /** What all keys begin with. */
    public static final String NAMESPACE = "history";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final AnnotatedDocuments annotated;
    private final Transactions transactions;
    private final Rows rows;
    private final Watch watch = new Watch();

    /** Opens the context; {@code redisson} is closed with it. */
    public CacheAsideDocuments(RedissonClient redisson, DataSourceTransactionManager manager, Rows rows) {
        this(redisson, manager, rows, new Probe() {});
    }

    /** The same with something between the engine and its ports. */
    public CacheAsideDocuments(RedissonClient redisson, DataSourceTransactionManager manager, Rows rows, Probe probe) {
        this.rows = rows;
        this.transactions = new Transactions(manager);
        context.registerBean(
                RedissonClient.class, () -> redisson, definition -> definition.setDestroyMethodName("shutdown"));
        context.registerBean(PlatformTransactionManager.class, () -> manager);
        context.registerBean(DataSource.class, () -> Objects.requireNonNull(manager.getDataSource()));
        context.registerBean(AnnotatedDocuments.class, () -> new AnnotatedDocuments(rows));
        context.registerBean(Watch.class, () -> watch);
        context.registerBean(Probe.class, () -> probe);
        context.register(Caching.class);
        context.refresh();
        annotated = context.getBean(AnnotatedDocuments.class);
        awaitHit();
    }

    @Override
    public Document read(int id) {
        return annotated.read(id);
    }

    @Override
    public int change(int id, Way way) {
        watch.unconfirmed.get().set(0);
        int version = switch (way) {
            case PLAIN -> annotated.change(id);
            case TRANSACTIONAL ->
                ThreadLocalRandom.current().nextBoolean()
                        ? annotated.changeInTransaction(id)
                        : transactions.change(true, () -> changeAndLook(id));
            case STRICT ->
                ThreadLocalRandom.current().nextBoolean()
                        ? annotated.changeStrictly(id)
                        : transactions.change(true, () -> annotated.changeStrictly(id));
            case DURABLE -> annotated.changeDurably(id);
            case ROLLED_BACK -> transactions.change(false, () -> changeAndLook(id));
            case WRITE_THROUGH -> writeThrough(id);
            case BACKGROUND -> changeInBackground(id);
        };
        if (watch.unconfirmed.get().get() > 0) {
            throw new Unconfirmed(version);
        }
        return version;
    }

    /** Returns when nothing is queued any more that had come before the write was over: from then on it obliges everybody. */
    private int changeInBackground(int id) {
        long missed = watch.allUnconfirmed.sum();
        int version = ThreadLocalRandom.current().nextBoolean()
                ? annotated.changeInBackground(id)
                : transactions.change(true, () -> annotated.changeInBackground(id));
        long over = System.nanoTime();
        while (isQueuedSince(over)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (watch.allUnconfirmed.sum() > missed) {
            throw new Unconfirmed(version);
        }
        return version;
    }

    /** The time is taken before the age is asked for, so that what came earlier is not overlooked. */
    private boolean isQueuedSince(long time) {
        long passed = System.nanoTime() - time;
        return Objects.requireNonNull(watch.queue).age().toNanos() >= passed;
    }

    /** One of ten in a transaction that rolls back, one of ten in its caller's. */
    private int writeThrough(int id) {
        int dice = ThreadLocalRandom.current().nextInt(10);
        if (dice == 0) {
            annotated.changeThroughAndRollBack(id);
            return NOTHING;
        }
        if (dice == 1) {
            return transactions.change(
                    true, () -> annotated.changeThroughInTransaction(id).version());
        }
        return (dice < 6 ? annotated.changeThrough(id) : annotated.changeThroughInTransaction(id)).version();
    }

    private int changeAndLook(int id) {
        int version = annotated.change(id);
        Document seen = annotated.read(id);
        if (seen.version() != version) {
            throw new IllegalStateException("a transaction wrote version " + version + " of document " + id
                    + " and then read version " + seen.version());
        }
        return version;
    }

    @Override
    public void tour(int first, int second) {
        transactions.snapshot(() -> {
            rows.find(first);
            return annotated.read(second);
        });
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Caching {

        @Bean
        RedissonSlots slots(RedissonClient redisson) {
            return RedissonSlots.open(redisson, NAMESPACE, RedissonPolicy.DEFAULTS);
        }

        @Bean
        JdbcOutbox outbox(DataSource database) {
            return JdbcOutbox.on(database, new SpringTransactionConnection(database), NAMESPACE);
        }

        @Bean
        CacheStore store(RedissonSlots slots, Probe probe) {
            return probe.store(slots.store());
        }

        @Bean
        OutboxRelay relay(JdbcOutbox outbox, CacheStore store) {
            return OutboxRelay.start(outbox, store, CacheListener.none(), RelayPolicy.DEFAULTS);
        }

        @Bean
        CacheAsideClient client(
                RedissonSlots slots,
                CacheStore store,
                JdbcOutbox outbox,
                TransactionBoundary transactions,
                Watch watch,
                Probe probe) {
            return CacheAsideClient.builder()
                    .namespace(NAMESPACE)
                    .store(store)
                    .leases(slots.leases())
                    .codec(KryoCodec.builder().build())
                    .transactions(transactions)
                    .outbox(probe.outbox(outbox))
                    .marks(probe.marks())
                    .listener(watch)
                    .listener(probe.listener())
                    .build();
        }
    }

    /** Waits until the cache answers: before it has checked the lock layout it stores nothing. */
    private void awaitHit() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (hits() == 0) {
            annotated.read(0);
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing is cached");
            }
        }
    }

    /** What the document {@code id} is stored under. */
    public static String key(int id) {
        return NAMESPACE + ":doc:" + id;
    }

    /** The document that is stored under {@code key}. */
    public static int id(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
    }

    @Override
    public long hits() {
        return watch.hits.sum();
    }

    /** Counts hits, and the invalidations of the calling thread's write that were not acknowledged. */
    private static final class Watch implements CacheListener {

        private final LongAdder hits = new LongAdder();

        private final ThreadLocal<AtomicInteger> unconfirmed = ThreadLocal.withInitial(AtomicInteger::new);

        @Override
        public void hit(String cache) {
            hits.increment();
        }

        private final LongAdder allUnconfirmed = new LongAdder();
        private volatile @Nullable BackgroundQueue queue;

        @Override
        public void background(BackgroundQueue theirs) {
            queue = theirs;
        }

        @Override
        public void invalidationUnconfirmed(String cache, int keys) {
            allUnconfirmed.add(keys);
            unconfirmed.get().addAndGet(keys);
        }
    }
}
