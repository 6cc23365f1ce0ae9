package io.cacheaside.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shared tier: one slot of bytes a key, on one master each. Keys are complete ({@code <namespace>:<cache>:…}).
 *
 * <p>No method blocks. Every future completes, if not with an answer then exceptionally within the adapter's deadline;
 * a command whose future failed may still execute later. Callers may wait for less time than the adapter does. Futures
 * may complete on an I/O thread: a dependent stage must not block.
 */
public interface CacheStore {

    /**
     * The value of {@code key}, or null where there is none (or one of a foreign Redis type). The read is sent to the
     * master after this call began, never joined to a trip that was already sent.
     */
    CompletableFuture<byte @Nullable []> get(String key);

    /**
     * As {@link #get}, and from its execution on the value, whatever it is, stays for {@code idle} (positive, rounded up to
     * milliseconds), in one atomic step. Where there is no value nothing happens: it stores nothing and touches neither lease
     * nor marks, so executed twice or late it can move the end of a value and never bring one back.
     */
    CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle);

    /**
     * The values of {@code keys}, in their order: asked for together, in as few trips as the store can, and answered one by
     * one, so that a master that is away takes only its own keys' values with it.
     *
     * @param idle null: as {@link #get} answers each; else as {@link #getAndTouch} does
     */
    default List<CompletableFuture<byte @Nullable []>> getAll(List<String> keys, @Nullable Duration idle) {
        List<CompletableFuture<byte @Nullable []>> answers = new ArrayList<>(keys.size());
        for (String key : keys) {
            answers.add(idle == null ? get(key) : getAndTouch(key, idle));
        }
        return answers;
    }

    /**
     * Stores {@code frame} for {@code ttl} (positive, rounded up to milliseconds), frees the lease and wakes its
     * waiters, in one atomic step, if and only if {@code holder} still holds the lease of {@code key} and no mark stands
     * on it. A lease that meets a mark is freed all the same. With {@link #replace} the only command that stores anything.
     */
    CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl);

    /**
     * As {@link #fill} of each, sent together, in as few trips as the store can. Each key's step is atomic, all of them are not;
     * each is answered for itself, in the order of {@code fills}. Where the answer for one key is not to be had, another one that
     * was stored may be said to be revoked, never the other way round.
     *
     * @param fills of different keys
     */
    default List<CompletableFuture<FillOutcome>> fillAll(List<Fill> fills) {
        return fills.stream()
                .map(fill -> fill(fill.key(), fill.holder(), fill.frame(), fill.ttl()))
                .toList();
    }

    /**
     * Puts {@code frame} in the place of whatever stands under {@code key}, of all versions, for {@code ttl}, frees the lease
     * and wakes its waiters, in one atomic step, if {@code holder} still holds the lease and no mark stands; otherwise removes
     * the value and revokes the lease as {@link #remove} does. The future tells which, true where it was stored; when it
     * completes normally, the old value is gone in either case. Executed twice or late it only removes, unless nothing has
     * come between: the lease is gone. A store that cannot do this only removes.
     */
    default CompletableFuture<Boolean> replace(String key, long holder, byte[] frame, Duration ttl) {
        return remove(List.of(Removal.of(key))).thenApply(removed -> false);
    }

    /**
     * Sets or prolongs the mark {@code token} on all {@code keys}, for {@code ttl} from its execution on, removes their
     * values and revokes their leases, each key atomically, all keys pipelined. While any mark of a key stands no lease
     * is given and nothing is stored; marks of other tokens are not touched. Completes normally when every master
     * acknowledged every key; harmless when executed twice or late: it only removes, and ends by itself.
     *
     * @param token unique to one write, not {@link Removal#NO_MARK}
     */
    CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl);

    /**
     * Removes the values of all keys, revokes their leases, drops the mark that each removal names, and sets the settle
     * mark that it asks for, each key atomically, all keys pipelined. Completes normally when every master acknowledged
     * every key; harmless when executed twice or late.
     */
    CompletableFuture<Void> remove(Collection<Removal> removals);

    /**
     * As {@link #remove(Collection)}, and tells {@code acknowledged} of the removals that one master has acknowledged, each
     * group as soon as it has, also after the returned future failed for the sake of another one. Called on any thread; must
     * return soon and must not throw.
     */
    default CompletableFuture<Void> remove(
            Collection<Removal> removals, Consumer<? super Collection<Removal>> acknowledged) {
        return remove(removals).thenRun(() -> acknowledged.accept(removals));
    }

    /**
     * Removes the values of all keys that begin with {@code prefix} and revokes their leases: on every master one complete
     * pass over the leases, then one complete pass over the values, because a fill moves a key from the first to the second.
     * What was stored, or began to be loaded, before this call is gone when the future completes normally; what begins
     * meanwhile may go too. Marks stay, and nobody else's keys are touched. Not atomic, page by page, as long as the masters'
     * data are large; each page has the adapter's deadline. Begins again where a master changes meanwhile, and fails where
     * that happens again and again or a master does not answer; then a part may be removed. Harmless when repeated.
     *
     * @param prefix not empty, taken literally
     */
    CompletableFuture<Void> removeAll(String prefix);

    /** What stands around the value of {@code key}, for people; changes nothing. A store that cannot tell says so. */
    default CompletableFuture<SlotState> stateOf(String key) {
        return CompletableFuture.completedFuture(SlotState.UNKNOWN);
    }

    /**
     * Registers keys in the indexes of tags, for {@code life} (positive, rounded up to milliseconds) from its execution on; a
     * key that is registered for longer stays so. From the acknowledgement of a tag on {@link #removeTagged} finds its keys.
     * Stores no value. Executed twice or late it only makes a later removal remove more.
     *
     * @param keysByTag complete keys of each complete tag ({@code <namespace>:<tag>}), none of them empty
     * @return the acknowledgement of each tag; a store without indexes fails all, and then nothing with tags is stored
     */
    default Map<String, CompletableFuture<Void>> tag(
            Map<String, ? extends Collection<String>> keysByTag, Duration life) {
        Map<String, CompletableFuture<Void>> answers = new HashMap<>();
        keysByTag.keySet().forEach(tag -> answers.put(tag, withoutIndex()));
        return answers;
    }

    /**
     * Removes the values of all keys that are registered under {@code tag} when this call begins, and revokes their leases.
     * No key leaves the index: only the end of what it was registered for takes it out, so a repeated call finds it again.
     * Marks stay. Not atomic, page by page, as long as the index is large; each page has the adapter's deadline. Fails where a
     * master does not answer, or that of the index changes meanwhile; then a part may be removed. Harmless when repeated.
     *
     * @param tag complete
     */
    default CompletableFuture<Void> removeTagged(String tag) {
        return withoutIndex();
    }

    private static CompletableFuture<Void> withoutIndex() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("this store has no indexes of tags"));
    }

    /** {@link #remove} of keys without marks. */
    default CompletableFuture<Void> invalidate(Collection<String> keys) {
        return remove(keys.stream().map(Removal::of).toList());
    }

    /**
     * Tells {@code watch} from now on what becomes of the masters. Called once, before the first command; a store that
     * forgets nothing has nothing to tell.
     */
    default void watch(StoreWatch watch) {}
}
