package io.cacheaside.engine;

import io.cacheaside.engine.Bulkhead.Place;
import io.cacheaside.engine.StaleIfError.Old;
import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.entry.Lookup;
import io.cacheaside.error.StoreUnavailableException;
import io.cacheaside.hot.WarmThread;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import io.cacheaside.spi.TransactionBoundary.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads of one annotated method or client handle: one policy, one value format, one engine. Thread-safe.
 *
 * <p>Why no read is older than a write that returned before it began:
 * <ol>
 *   <li>A hit was read from the master after the call began, and every write that returned has removed the key.
 *   <li>A loaded value is stored by FILL only while the lease taken before the load stands, and every write that
 *       returned has revoked the lease ({@link Lead}).
 *   <li>A joiner takes a flight's value if it arrived before the operation that produced the value was sent: then that
 *       operation saw every write that the joiner has to see ({@link Flights}).
 *   <li>A joiner that arrived later takes it only if FILL stored it, because then no write had returned between the
 *       load and the FILL, and the flight was closed to joiners before FILL was sent. Otherwise it starts again.
 *   <li>Nobody else gets what a transaction read that may see its own uncommitted rows, or a snapshot older than its
 *       lease: such a caller asks the store and else runs the method alone, without flight, lease and fill.
 *   <li>What the store answered is not used where removals came into doubt since it was asked: the master that answered may
 *       not have got them ({@link Journal}).
 * </ol>
 */
public final class ReadPath {

    /** What {@link #lookup} and {@link #join} answer when the caller has to go on. */
    static final Object NOTHING = new Object();

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Bulkhead bulkhead;
    private final StaleIfError staleIfError;
    private final @Nullable EarlyRefresh early;
    private final long readNanos;
    /** How long an entry stays after a hit; null where hits do not prolong. */
    private final @Nullable Duration idle;

    private final LogOnce log = new LogOnce(LoggerFactory.getLogger(ReadPath.class));

    ReadPath(Engine engine, CachePolicy policy, Entries entries, Bulkhead bulkhead) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.bulkhead = bulkhead;
        this.staleIfError = new StaleIfError(engine, policy, entries);
        this.early = policy.refreshesEarly() ? new EarlyRefresh(engine, policy, entries, this::background) : null;
        this.readNanos = policy.readTimeout().toNanos();
        this.idle = policy.slides() ? policy.ttl() : null;
    }

    /** What this read path promises. */
    public CachePolicy policy() {
        return policy;
    }

    /** Looks at what these reads would meet. */
    public Inspection inspection() {
        return new Inspection(engine, policy, entries);
    }

    /** The loads of this path register under tags. To be told before its first read. */
    public void declareTags() {
        engine.tagged.add(policy.cache());
    }

    /**
     * For a loader that knows no tags: what it loads of a cache whose reads declare some would be in no index, so it is not
     * stored. Null where no read does.
     */
    public @Nullable FillTerms termsWithoutTags() {
        return engine.tagged.contains(policy.cache()) ? Tagging.UNKNOWN : null;
    }

    /** True where loaders may be {@linkplain Loader#detached detached}. */
    public boolean refreshesEarly() {
        return early != null;
    }

    /**
     * The value of {@code key}, from the cache or from {@code loader}. Inside a transaction that has begun a write of the
     * key the loader simply runs, and so it does on a miss where the transaction may see something else than the newest
     * commits and the policy wants no read transaction for that. Blocks for the read timeout, then for another caller's load up
     * to the policy's wait, then for the loader itself.
     *
     * @param key complete key; it starts with {@code <namespace>:<cache>:}
     * @param terms whether the loaded value may be stored, and for how long; null: always, and as the policy says
     * @return the value, null where there is none
     * @throws Throwable only what {@code loader} throws, here or on the thread of the caller that was joined
     */
    public @Nullable Object read(String key, Loader loader, @Nullable FillTerms terms) throws Throwable {
        Transaction transaction = engine.transactions.current();
        if (transaction != null && engine.invalidations().isPending(transaction, policy.cache(), key)) {
            return bypass(BypassReason.PENDING, loader);
        }
        long doubts = engine.journal.doubts();
        if (engine.journal.holds(policy.cache(), key)) {
            engine.listener.bypass(policy.cache(), BypassReason.JOURNAL);
        } else {
            Object found = lookup(key, doubts, early == null ? null : seen -> early.seen(key, seen, loader, terms));
            if (found != NOTHING) {
                engine.listener.hit(policy.cache());
                return found;
            }
            engine.listener.miss(policy.cache());
        }
        if (engine.held.holds(key)) {
            // the lease is this thread's own write's, whose end would be waited for
            return bypass(BypassReason.PENDING, loader);
        }
        if (transaction == null || isShareable(transaction)) {
            return miss(key, loader, terms, engine.transactions::freshView);
        }
        return policy.insideTransaction() == InsideTransaction.NEW_READ_TX
                ? miss(key, loader, terms, engine.transactions::newReadTransaction)
                : bypass(BypassReason.TRANSACTION, loader);
    }

    /**
     * The values of {@code keys}, each as {@link #read} answers it: from the cache, or in as few calls of {@code loader} as
     * can be. A batch that is larger than the policy's is split, one part after the other. What the loader throws for some of
     * a part's elements is thrown for the whole; nothing of that call is stored then.
     *
     * @param keys complete keys, each once; null: the element has none and is loaded for this caller alone
     * @return the values in the order of {@code keys}, null where there is none
     * @throws Throwable only what {@code loader} throws
     */
    public @Nullable Object[] readAll(List<@Nullable String> keys, BatchLoader loader) throws Throwable {
        @Nullable Object[] values = new @Nullable Object[keys.size()];
        BatchRead batch = new BatchRead(engine, policy, entries, bulkhead, staleIfError, this);
        for (int from = 0; from < values.length; from += policy.maxBatch()) {
            batch.read(keys, from, Math.min(values.length, from + policy.maxBatch()), loader, values);
        }
        return values;
    }

    /** A transaction that says it only reads and has begun a write all the same reads its own uncommitted rows. */
    boolean isShareable(Transaction transaction) {
        return !engine.invalidations().isPending(transaction) && transaction.seesLatestCommitsOnly();
    }

    /** The leader of a load in the background, which waits for nobody. */
    private Lead background(Flight flight) {
        return lead(engine.flights, flight, System.nanoTime(), engine.transactions::freshView, engine.endings);
    }

    Lead lead(Flights table, Flight flight, long end, Supplier<View> views, Endings endings) {
        return new Lead(engine, policy, entries, bulkhead, staleIfError, table, flight, end, views, endings);
    }

    /** {@code doubts} is as it was before the journal was asked for the key. */
    private @Nullable Object lookup(String key, long doubts, @Nullable Consumer<Lookup.Value> seen) {
        return found(key, Waiting.answer(Waiting.send(() -> fetch(key)), readNanos), doubts, seen);
    }

    /** The value in the store's {@code answer}, or {@link #NOTHING}. */
    @Nullable
    Object found(String key, Answer<byte @Nullable []> answer, long doubts, @Nullable Consumer<Lookup.Value> seen) {
        if (answer.interrupted()) {
            return NOTHING;
        }
        if (answer.failed()) {
            if (answer.failure() instanceof StoreUnavailableException) {
                return NOTHING;
            }
            engine.listener.storeFailed(policy.cache());
            log.warn(
                    "read",
                    "Cache '{}': read of {} failed and counts as a miss ({})",
                    policy.cache(),
                    key,
                    String.valueOf(answer.failure()));
            return NOTHING;
        }
        byte[] frame = answer.value();
        if (frame == null || engine.journal.doubts() != doubts) {
            // a removal may have been lost with a master, and put into the journal after that was asked for the key
            return NOTHING;
        }
        Object value = entries.decode(key, frame, seen);
        return entries.isAnswer(value) ? value : NOTHING;
    }

    private CompletableFuture<byte @Nullable []> fetch(String key) {
        return idle == null ? engine.store.get(key) : engine.store.getAndTouch(key, idle);
    }

    private @Nullable Object miss(String key, Loader loader, @Nullable FillTerms terms, Supplier<View> views)
            throws Throwable {
        long stamp = engine.flights.now();
        long end = System.nanoTime() + policy.waitFor().toNanos();
        boolean held = true;
        for (boolean again = false; ; again = true) {
            long doubts = engine.journal.doubts();
            boolean bypass = engine.journal.holds(policy.cache(), key);
            if (held && !bypass) {
                // An ACQUIRE sent while the key was unconfirmed may have found what the write made old.
                stamp = engine.flights.now();
            }
            held = bypass;
            Object value = again && !bypass ? lookup(key, doubts, null) : NOTHING;
            if (value != NOTHING) {
                return value;
            }
            Flights table = bypass ? engine.storeless : engine.flights;
            Flight mine = table.newFlight(key, engine.loading.get());
            Flight other = table.joinOrLead(mine);
            if (other == null) {
                value = lead(table, mine, end, views, engine.endings).run(loader, terms);
                return value == Lead.NO_VIEW ? bypass(BypassReason.TRANSACTION, loader) : value;
            }
            value = join(other, loader, stamp, end);
            if (value != NOTHING) {
                return value;
            }
        }
    }

    private @Nullable Object join(Flight flight, Loader loader, long stamp, long end) throws Throwable {
        Flight loading = engine.loading.get();
        if (loading != null && loading.waitsInCircle(flight)) {
            loading.waitsNoMore();
            return alone(flight.key, BypassReason.CYCLE, loader, end);
        }
        Answer<FlightResult> landed = Waiting.answer(flight.result(), end - System.nanoTime());
        if (loading != null) {
            loading.waitsNoMore();
        }
        FlightResult result = landed.value();
        if (result == null) {
            return alone(flight.key, BypassReason.WAIT, loader, end);
        }
        if (!result.servesCallerOf(stamp) && !isAccepted(result, end)) {
            return NOTHING;
        }
        return take(flight.key, result, loader, end);
    }

    /** Waits for the answer to the FILL, as long as the policy says and not beyond {@code end}. */
    boolean isAccepted(FlightResult result, long end) {
        long most = Math.min(end - System.nanoTime(), policy.fillTimeout().toNanos());
        return Boolean.TRUE.equals(Waiting.answer(result.accepted(), most).value());
    }

    private @Nullable Object take(String key, FlightResult result, Loader loader, long end) throws Throwable {
        if (result.failure() != null) {
            throw result.failure();
        }
        byte[] frame = result.frame();
        Object value = frame == null ? Entries.UNREADABLE : entries.decode(key, frame);
        if (value == Entries.UNREADABLE) {
            return alone(key, BypassReason.UNWRITABLE, loader, end);
        }
        if (value == Entries.EXPIRED) {
            return NOTHING;
        }
        engine.listener.joined(policy.cache());
        return value;
    }

    /** Gives up on the cache: what the caller gets has to be as new as what the cache would have brought. */
    private @Nullable Object alone(String key, BypassReason reason, Loader loader, long end) throws Throwable {
        try (Place place = bulkhead.enter(end);
                View view = engine.transactions.freshView()) {
            return bypass(reason, loader);
        } catch (Throwable failure) {
            Old old = staleIfError.after(failure, key, null);
            if (old == null) {
                throw failure;
            }
            return old.value();
        }
    }

    /**
     * Runs {@code loader} without cache, flight and lease, and tells the listener.
     *
     * @throws Throwable only what {@code loader} throws
     */
    public @Nullable Object bypass(BypassReason reason, Loader loader) throws Throwable {
        engine.listener.bypass(policy.cache(), reason);
        long start = System.nanoTime();
        boolean failed = true;
        try (WarmThread.Turn turn = WarmThread.turn()) {
            Object value = loader.load();
            failed = false;
            return value;
        } finally {
            engine.listener.load(policy.cache(), Duration.ofNanos(System.nanoTime() - start), failed);
        }
    }
}
