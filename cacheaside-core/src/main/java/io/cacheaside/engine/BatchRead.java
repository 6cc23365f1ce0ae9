package io.cacheaside.engine;

import io.cacheaside.engine.Bulkhead.Place;
import io.cacheaside.engine.StaleIfError.Old;
import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import io.cacheaside.spi.TransactionBoundary.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads many elements as {@link ReadPath#read} reads one, each under its own lease and fence, in common trips and calls.
 * <ol>
 *   <li>All keys are looked up together. What a transaction keeps from the cache is loaded for this caller alone.
 *   <li>The others go in rounds ({@link BatchRound}): each leads its own flight or meets another's, what has won its lease is
 *       loaded in one call and filled, and <em>then</em> the batch waits for those that others load. It holds neither lease nor
 *       open flight while it waits, so batches that overlap, in whatever order and JVMs, cannot wait in a circle.
 *   <li>What others did not supply goes into the next round, where the batch loads it itself, together.
 *   <li>What cannot be waited for any longer is loaded in one call without lease, for this caller alone.
 * </ol>
 */
final class BatchRead {

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Bulkhead bulkhead;
    private final StaleIfError staleIfError;
    private final ReadPath path;

    BatchRead(
            Engine engine,
            CachePolicy policy,
            Entries entries,
            Bulkhead bulkhead,
            StaleIfError staleIfError,
            ReadPath path) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.bulkhead = bulkhead;
        this.staleIfError = staleIfError;
        this.path = path;
    }

    /** Reads the elements from {@code from} to {@code to} into {@code values}. */
    void read(List<@Nullable String> keys, int from, int to, BatchLoader loader, @Nullable Object[] values)
            throws Throwable {
        Transaction transaction = engine.transactions.current();
        List<BatchElement> own = new ArrayList<>();
        List<BatchElement> missing = new ArrayList<>();
        List<BatchElement> all = new ArrayList<>(to - from);
        for (int position = from; position < to; position++) {
            String key = keys.get(position);
            BatchElement element = new BatchElement(position, key == null ? "" : key);
            all.add(element);
            if (key == null) {
                keep(element, BypassReason.KEY, own);
            } else if (transaction != null && engine.invalidations().isPending(transaction, policy.cache(), key)) {
                keep(element, BypassReason.PENDING, own);
            } else {
                missing.add(element);
            }
        }
        look(missing, true);
        missing.removeIf(BatchElement::isKnown);
        for (BatchElement element : missing) {
            if (engine.held.holds(element.key)) {
                // the lease is this thread's own write's, whose end would be waited for
                keep(element, BypassReason.PENDING, own);
                element.giveUp(BypassReason.PENDING);
            }
        }
        missing.removeIf(element -> element.givenUp() != null);
        if (transaction == null || path.isShareable(transaction)) {
            share(missing, loader, engine.transactions::freshView, own);
        } else if (policy.insideTransaction() == InsideTransaction.NEW_READ_TX) {
            share(missing, loader, engine.transactions::newReadTransaction, own);
        } else {
            missing.forEach(element -> keep(element, BypassReason.TRANSACTION, own));
        }
        load(own, loader);
        all.forEach(element -> values[element.position] = element.value());
    }

    private void keep(BatchElement element, BypassReason reason, List<BatchElement> list) {
        engine.listener.bypass(policy.cache(), reason);
        list.add(element);
    }

    /** Asks the store for those that it may be asked for; {@code first}: and tells the listener. */
    private void look(List<BatchElement> elements, boolean first) {
        long doubts = engine.journal.doubts();
        List<BatchElement> asked = new ArrayList<>(elements.size());
        for (BatchElement element : elements) {
            if (!engine.journal.holds(policy.cache(), element.key)) {
                asked.add(element);
            } else if (first) {
                engine.listener.bypass(policy.cache(), BypassReason.JOURNAL);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        List<String> keys = asked.stream().map(element -> element.key).toList();
        List<CompletableFuture<byte @Nullable []>> answers =
                Waiting.sendAll(keys.size(), () -> engine.store.getAll(keys, policy.slides() ? policy.ttl() : null));
        long end = System.nanoTime() + policy.readTimeout().toNanos();
        for (int i = 0; i < answers.size(); i++) {
            BatchElement element = asked.get(i);
            Answer<byte @Nullable []> answer = Waiting.answer(answers.get(i), end - System.nanoTime());
            Object found = path.found(element.key, answer, doubts, null);
            if (found != ReadPath.NOTHING) {
                element.become(found);
            }
            if (first && element.isKnown()) {
                engine.listener.hit(policy.cache());
            } else if (first) {
                engine.listener.miss(policy.cache());
            }
        }
    }

    /** Loads {@code missing} for everybody; what may only be loaded in the caller's own view is added to {@code own}. */
    private void share(List<BatchElement> missing, BatchLoader loader, Supplier<View> views, List<BatchElement> own)
            throws Throwable {
        long end = System.nanoTime() + policy.waitFor().toNanos();
        List<BatchElement> alone = new ArrayList<>();
        BatchRound round = new BatchRound(engine, policy, entries, bulkhead, path, loader, views, end);
        for (boolean again = false; !missing.isEmpty(); again = true) {
            if (again) {
                look(missing, false);
                missing.removeIf(BatchElement::isKnown);
            }
            round.run(missing);
            for (BatchElement element : missing) {
                BypassReason reason = element.givenUp();
                if (reason != null) {
                    keep(element, reason, reason == BypassReason.TRANSACTION ? own : alone);
                }
            }
            missing.removeIf(element -> element.isKnown() || element.givenUp() != null);
        }
        if (!alone.isEmpty()) {
            loadAlone(alone, loader, end);
        }
    }

    /** Gives up on the cache: what the caller gets has to be as new as what the cache would have brought. */
    private void loadAlone(List<BatchElement> elements, BatchLoader loader, long end) throws Throwable {
        try (Place place = bulkhead.enter(end);
                View view = engine.transactions.freshView()) {
            load(elements, loader);
        } catch (Throwable failure) {
            for (BatchElement element : elements) {
                Old old = staleIfError.after(failure, element.key, null);
                if (old == null) {
                    throw failure;
                }
                element.become(old.value());
            }
        }
    }

    /** Loads in the caller's own view, for nobody else. */
    private void load(List<BatchElement> elements, BatchLoader loader) throws Throwable {
        if (elements.isEmpty()) {
            return;
        }
        elements.sort((one, other) -> Integer.compare(one.position, other.position));
        long start = System.nanoTime();
        boolean failed = true;
        try {
            @Nullable
            Object[] values = loader.load(
                    elements.stream().mapToInt(element -> element.position).toArray());
            failed = false;
            for (int i = 0; i < elements.size(); i++) {
                elements.get(i).become(values[i]);
            }
        } finally {
            engine.listener.load(policy.cache(), Duration.ofNanos(System.nanoTime() - start), failed);
        }
    }
}
