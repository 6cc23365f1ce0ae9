package io.cacheaside.engine;

import io.cacheaside.entry.Seal;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.policy.RefreshPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The parts that all reads and writes of one client share: ports, flights, journal, one timer thread.
 *
 * <p>Keys with an unconfirmed invalidation have flights of their own ({@code storeless}): a caller that has to bypass
 * the store must not join a flight that still asks it.
 */
public final class Engine implements AutoCloseable {

    private static final Duration LAST_LOADS = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(2);

    /** A few megabytes of keys: nobody who runs this should have to choose. */
    private static final int MOST_UNCONFIRMED = 50_000;

    private static final int MOST_RECENT = 25_000;

    final CacheStore store;
    final Leases leases;
    /** Of leases that end one by one. */
    final Endings endings;

    final TransactionBoundary transactions;
    final CacheListener listener;
    /** Of entries: once for all methods that share a type. */
    private final LogOnce trouble = new LogOnce(LoggerFactory.getLogger(Entries.class));

    final Seal seal;
    final DoubleSupplier random;
    final Flights flights = Flights.startingWith(ThreadLocalRandom.current().nextLong(1L << 32, 1L << 62));
    final Flights storeless = flights.sibling();
    final ThreadLocal<@Nullable Flight> loading = new ThreadLocal<>();
    final HeldLeases held = new HeldLeases();

    private final ThreadLocal<@Nullable Boolean> placed = new ThreadLocal<>();
    private final Map<String, Bulkhead> bulkheads = new ConcurrentHashMap<>();
    private final Map<Duration, Renewals> renewals = new ConcurrentHashMap<>();
    final LogOnce log = new LogOnce(LoggerFactory.getLogger(Engine.class));
    final Journal journal = new Journal(MOST_UNCONFIRMED, Ticker.system());
    final ScheduledThreadPoolExecutor timer;
    final Refreshes refreshes;
    final TaggedCaches tagged;
    final Replay replay;
    private final BackgroundRemovals background;
    private final Invalidations invalidations;
    private volatile boolean open = true;

    /**
     * An engine on the given ports.
     *
     * @param seal what proves who wrote an entry
     * @param outbox where durable invalidations are noted; null: nowhere, they are refused
     * @param markTtl how long the mark of a strict write stands after its last prolongation
     * @param refreshPolicy how entries are refreshed before their end
     * @param backgroundPolicy how keys are invalidated in the background
     * @param context gives a task for the background what the calling thread has for it to take along
     * @param random gives jitter, uniform in [0, 1)
     * @param namespace what all keys begin with, without the colon that follows it
     */
    public Engine(
            CacheStore store,
            Leases leases,
            TransactionBoundary transactions,
            CacheListener listener,
            Seal seal,
            @Nullable Outbox outbox,
            Duration markTtl,
            RefreshPolicy refreshPolicy,
            BackgroundPolicy backgroundPolicy,
            UnaryOperator<Runnable> context,
            DoubleSupplier random,
            String namespace) {
        this.store = store;
        this.leases = leases;
        this.endings = Endings.atOnce(store, leases);
        this.transactions = transactions;
        this.listener = listener;
        this.seal = seal;
        this.random = random;
        this.timer = timer();
        this.refreshes = new Refreshes(refreshPolicy.threads(), context, timer);
        Marks marks = new Marks(store, listener, timer, markTtl);
        Recent recent = new Recent(MOST_RECENT, Ticker.system());
        this.tagged = new TaggedCaches(namespace + ":");
        this.replay = new Replay(store, listener, timer, journal, recent, cache -> namespace + ":" + cache + ":");
        this.background = new BackgroundRemovals(replay, listener, timer, Ticker.system(), backgroundPolicy);
        this.invalidations = new Invalidations(transactions, listener, replay, background, marks, outbox);
        listener.background(background);
        store.watch(replay);
    }

    /**
     * Reads under {@code policy} of values declared as {@code type}, in {@code format}.
     *
     * @throws ConfigurationException where the policy wants read transactions and nobody begins any
     */
    public ReadPath readPath(CachePolicy policy, Type type, ValueFormat format) {
        if (policy.insideTransaction() == InsideTransaction.NEW_READ_TX && !transactions.beginsReadTransactions()) {
            throw new ConfigurationException("cache '" + policy.cache() + "': inside-transaction = NEW_READ_TX needs"
                    + " somebody who begins transactions: with Spring one PlatformTransactionManager bean (of several, a"
                    + " primary one), else a TransactionBoundary with newReadTransaction()");
        }
        Bulkhead bulkhead = bulkheads.computeIfAbsent(policy.cache(), cache -> new Bulkhead(policy, loading, placed));
        return new ReadPath(this, policy, new Entries(policy, type, format, seal, listener, trouble), bulkhead);
    }

    /** Writes that store values declared as {@code type} under {@code policy}, in {@code format}. */
    public ThroughPath throughPath(CachePolicy policy, Type type, ValueFormat format) {
        return new ThroughPath(this, policy, new Entries(policy, type, format, seal, listener, trouble));
    }

    /** Of all leases that live as long as those of {@code policy}. */
    Renewals renewals(CachePolicy policy) {
        return renewals.computeIfAbsent(policy.lease(), lease -> new Renewals(this, lease, Ticker.system()));
    }

    /** Looks at keys under {@code policy} whose values nobody has described. */
    public Inspection inspection(CachePolicy policy) {
        return new Inspection(this, policy, null);
    }

    /** All keys of the complete {@code tag}, which are removed after a write as {@code policy} says. */
    public StaleGroup taggedWith(String tag, InvalidationPolicy policy) {
        return new StaleGroup(new KeyGroup.Tag(tag, tagged), policy);
    }

    /** The calling thread runs the load of {@code flight} from now on; null: none. */
    void loads(@Nullable Flight flight) {
        if (flight == null) {
            loading.remove();
        } else {
            loading.set(flight);
        }
    }

    /** The writes' side. */
    public Invalidations invalidations() {
        return invalidations;
    }

    /** False after {@link #close}. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Lets loads in the background end within a second, sends the invalidations that wait in the background as long as the
     * store answers, flushes the journal within two seconds, and stops the timer. Harmless when repeated.
     */
    @Override
    public void close() {
        if (open) {
            open = false;
            refreshes.close(LAST_LOADS);
            timer.shutdownNow();
            background.close(FLUSH);
            replay.flush(FLUSH);
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cacheaside-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
