package io.cacheaside.verification.history.documents;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.EnableCacheAside;
import io.cacheaside.aspect.spring.SpringTransactionConnection;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.error.UnconfirmedInvalidationException;
import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.jdbc.OutboxRelay;
import io.cacheaside.jdbc.RelayPolicy;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.TransactionBoundary;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
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

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final AnnotatedDocuments annotated;
    private final ShelvedDocuments shelved;
    private final Library library;
    private final Shelves shelves;
    private final Transactions transactions;
    private final Rows rows;
    private final Watch watch = new Watch();

    /** Opens the context; {@code redisson} is closed with it, {@code probe} is between the engine and its ports. */
    public CacheAsideDocuments(
            RedissonClient redisson, DataSourceTransactionManager manager, Rows rows, Shelves shelves, Probe probe) {
        this.rows = rows;
        this.shelves = shelves;
        this.transactions = new Transactions(manager);
        context.registerBean(
                RedissonClient.class, () -> redisson, definition -> definition.setDestroyMethodName("shutdown"));
        context.registerBean(PlatformTransactionManager.class, () -> manager);
        context.registerBean(DataSource.class, () -> Objects.requireNonNull(manager.getDataSource()));
        context.registerBean(AnnotatedDocuments.class, () -> new AnnotatedDocuments(rows));
        context.registerBean(ShelvedDocuments.class, () -> new ShelvedDocuments(rows, shelves));
        context.registerBean(Watch.class, () -> watch);
        context.registerBean(Probe.class, () -> probe);
        context.register(Caching.class);
        context.refresh();
        annotated = context.getBean(AnnotatedDocuments.class);
        shelved = context.getBean(ShelvedDocuments.class);
        library = new Library(annotated, shelved, shelves);
        awaitHit();
    }

    @Override
    public Document read(int id) {
        return library.read(id);
    }

    @Override
    public Map<Integer, Integer> change(int id, Way way) {
        return switch (way) {
            case TAG -> changeMany(id, versions -> shelved.changeShelf(shelves.of(id), versions));
            case WHOLE_CACHE -> changeMany(id, shelved::changeAll);
            default -> changeOne(id, way);
        };
    }

    private Map<Integer, Integer> changeOne(int id, Way way) {
        watch.unconfirmed.get().set(0);
        int version = switch (way) {
            case STRICT ->
                ThreadLocalRandom.current().nextBoolean()
                        ? library.changeStrictly(id)
                        : transactions.change(true, () -> library.changeStrictly(id));
            case DURABLE -> library.changeDurably(id);
            case ROLLED_BACK -> transactions.change(false, () -> changeAndLook(id));
            case WRITE_THROUGH -> writeThrough(id);
            case BACKGROUND -> changeInBackground(id);
            case TRANSACTIONAL -> changeInTransaction(id);
            default -> library.change(id);
        };
        Map<Integer, Integer> versions = Transactions.versions(id, version);
        if (watch.unconfirmed.get().get() > 0) {
            throw new Unconfirmed(versions);
        }
        return versions;
    }

    private int changeInTransaction(int id) {
        return shelves.hold(id) || ThreadLocalRandom.current().nextBoolean()
                ? transactions.change(true, () -> changeAndLook(id))
                : annotated.changeInTransaction(id);
    }

    /** Every second time in a transaction, which also reads what it has written. */
    private Map<Integer, Integer> changeMany(int id, Consumer<Map<Integer, Integer>> change) {
        Map<Integer, Integer> versions = new HashMap<>();
        try {
            if (ThreadLocalRandom.current().nextBoolean()) {
                change.accept(versions);
            } else {
                transactions.change(true, () -> {
                    change.accept(versions);
                    return look(id, versions.getOrDefault(id, Transactions.NOTHING));
                });
            }
        } catch (UnconfirmedInvalidationException promised) {
            throw new Unconfirmed(versions);
        }
        return versions;
    }

    /** Returns when nothing is queued any more that had come before the write was over: from then on it obliges everybody. */
    private int changeInBackground(int id) {
        long missed = watch.allUnconfirmed.sum();
        int version = ThreadLocalRandom.current().nextBoolean()
                ? library.changeInBackground(id)
                : transactions.change(true, () -> library.changeInBackground(id));
        long over = System.nanoTime();
        while (isQueuedSince(over)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (watch.allUnconfirmed.sum() > missed) {
            throw new Unconfirmed(Transactions.versions(id, version));
        }
        return version;
    }

    /** The time is taken before the age is asked for, so that what came earlier is not overlooked. */
    private boolean isQueuedSince(long time) {
        long passed = System.nanoTime() - time;
        return Objects.requireNonNull(watch.queue).age().toNanos() >= passed;
    }

    /** One of ten in a transaction that rolls back, one of ten in its caller's. Entries with tags are not written through. */
    private int writeThrough(int id) {
        if (shelves.hold(id)) {
            return changeInTransaction(id);
        }
        int dice = ThreadLocalRandom.current().nextInt(10);
        if (dice == 0) {
            annotated.changeThroughAndRollBack(id);
            return Transactions.NOTHING;
        }
        if (dice == 1) {
            return transactions.change(
                    true, () -> annotated.changeThroughInTransaction(id).version());
        }
        return (dice < 6 ? annotated.changeThrough(id) : annotated.changeThroughInTransaction(id)).version();
    }

    private int changeAndLook(int id) {
        return look(id, library.change(id));
    }

    /** Answers {@code version}, which the caller's transaction has given {@code id} if it has changed that. */
    private int look(int id, int version) {
        Document seen = library.read(id);
        if (version != Transactions.NOTHING && seen.version() != version) {
            throw new IllegalStateException("a transaction wrote version " + version + " of document " + id
                    + " and then read version " + seen.version());
        }
        return version;
    }

    @Override
    public void tour(int first, int second) {
        transactions.snapshot(() -> {
            rows.find(first);
            return library.read(second);
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
            return RedissonSlots.open(redisson, Shelves.NAMESPACE, RedissonPolicy.DEFAULTS);
        }

        @Bean
        JdbcOutbox outbox(DataSource database) {
            return JdbcOutbox.on(database, new SpringTransactionConnection(database), Shelves.NAMESPACE);
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
                    .namespace(Shelves.NAMESPACE)
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

    @Override
    public long hits() {
        return watch.hits.sum();
    }
}
