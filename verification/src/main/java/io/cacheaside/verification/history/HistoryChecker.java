package io.cacheaside.verification.history;

import io.cacheaside.verification.history.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Judges a history, whatever made it. Two bounds hold for every read of a key:
 *
 * <ol>
 *   <li>It returns at least the highest version whose write had <em>obliged</em> its JVM before the read was
 *       <em>invoked</em>: otherwise it is <b>stale</b>.
 *   <li>It returns at most the highest version whose write had been <em>invoked</em> before the read
 *       <em>returned</em>: otherwise it saw what nobody had written yet, such as a row that was rolled back
 *       (<b>unborn</b>). Writes that were rolled back or failed are not part of a history.
 * </ol>
 *
 * <p>A write obliges everybody from its return on. One whose removal was not acknowledged by then obliges the JVM that did
 * it, because that does not ask the cache for the key, and everybody else from the first acknowledgement of a removal of the
 * key that was sent after the write had been committed, or, where that is not known, had returned: whatever the cache had
 * before it is gone then, and whoever was loading has lost its lease.
 *
 * <p>Writes are gathered by key and sorted once; each read is a few binary searches: O(n log n) in all, and the reads are
 * not kept in memory.
 */
public final class HistoryChecker {

    /** One key as one JVM has to see it. */
    private record View(int key, int jvm) {}

    /** One write. */
    private record Version(int key, int version) {}

    private final Map<Integer, Floor> obliging = new HashMap<>();
    private final Map<View, Floor> obligingOwn = new HashMap<>();
    private final Map<Integer, Floor> invoked = new HashMap<>();
    private final Map<Integer, List<Operation>> removals = new HashMap<>();
    private final Map<Version, Long> committed = new HashMap<>();
    private final List<Operation> unconfirmed = new ArrayList<>();

    private HistoryChecker() {}

    /** Goes through {@code history} twice: once for the writes, once for the reads. */
    public static Findings check(Iterable<Operation> history) {
        return check(history, read -> true);
    }

    /** As {@link #check(Iterable)}, but of the reads only {@code judged} ones count. */
    public static Findings check(Iterable<Operation> history, Predicate<Operation> judged) {
        HistoryChecker checker = new HistoryChecker();
        Findings findings = new Findings();
        for (Operation operation : history) {
            checker.gather(operation);
            if (operation.isWrite()) {
                findings.write(operation);
            }
        }
        checker.oblige(findings);
        for (Operation operation : history) {
            if (operation.kind() == Kind.READ && judged.test(operation)) {
                checker.judge(operation, findings);
            }
        }
        return findings;
    }

    private void gather(Operation operation) {
        switch (operation.kind()) {
            case WRITE -> oblige(operation, operation.returned());
            case UNCONFIRMED -> {
                View own = new View(operation.key(), operation.jvm());
                obligingOwn.computeIfAbsent(own, view -> new Floor()).add(operation.returned(), operation.version());
                unconfirmed.add(operation);
            }
            case COMMITTED -> committed.put(new Version(operation.key(), operation.version()), operation.invoked());
            case REMOVED ->
                removals.computeIfAbsent(operation.key(), key -> new ArrayList<>())
                        .add(operation);
            default -> {}
        }
        if (operation.isWrite()) {
            invoked.computeIfAbsent(operation.key(), key -> new Floor()).add(operation.invoked(), operation.version());
        }
    }

    private void oblige(Operation write, long from) {
        obliging.computeIfAbsent(write.key(), key -> new Floor()).add(from, write.version());
    }

    /** Finds out when the writes that were not acknowledged came to oblige everybody. */
    private void oblige(Findings findings) {
        Map<Integer, FirstAcknowledged> byKey = new HashMap<>();
        removals.forEach((key, list) -> byKey.put(key, new FirstAcknowledged(list)));
        for (Operation write : unconfirmed) {
            FirstAcknowledged acknowledged = byKey.get(write.key());
            long after = committed.getOrDefault(new Version(write.key(), write.version()), write.returned() + 1) - 1;
            long from = acknowledged == null ? Long.MAX_VALUE : acknowledged.after(after);
            if (from == Long.MAX_VALUE) {
                findings.pardon(write);
            } else {
                oblige(write, Math.max(from, write.returned()));
            }
        }
    }

    private void judge(Operation read, Findings findings) {
        Floor begun = invoked.getOrDefault(read.key(), new Floor());
        int most = begun.before(read.returned());
        findings.read(read);
        Floor all = obliging.getOrDefault(read.key(), new Floor());
        Floor own = obligingOwn.getOrDefault(new View(read.key(), read.jvm()), new Floor());
        int least = Math.max(all.before(read.invoked()), own.before(read.invoked()));
        if (read.version() < least) {
            long newer = Math.min(all.firstAbove(read.version()), own.firstAbove(read.version()));
            findings.stale(read, least, read.invoked() - newer);
        } else if (read.version() > most) {
            findings.unborn(read, most);
        }
    }
}
