package io.cacheaside.verification.history;

import java.util.HashMap;
import java.util.Map;

/**
 * Judges a history, whatever made it. Two bounds hold for every read of a key:
 *
 * <ol>
 *   <li>It returns at least the highest version whose write had <em>returned</em> before the read was
 *       <em>invoked</em>: otherwise it is <b>stale</b>.
 *   <li>It returns at most the highest version whose write had been <em>invoked</em> before the read
 *       <em>returned</em>: otherwise it saw what nobody had written yet, such as a row that was rolled back
 *       (<b>unborn</b>). Writes that were rolled back or failed are not part of a history.
 * </ol>
 *
 * <p>Writes are gathered by key and sorted once; each read is two binary searches: O(n log n) in all, and only the writes
 * are kept in memory.
 */
final class HistoryChecker {

    private final Map<Integer, Floor> returned = new HashMap<>();
    private final Map<Integer, Floor> invoked = new HashMap<>();

    private HistoryChecker() {}

    /** Goes through {@code history} twice: once for the writes, once for the reads. */
    static Findings check(Iterable<Operation> history) {
        HistoryChecker checker = new HistoryChecker();
        Findings findings = new Findings();
        for (Operation operation : history) {
            if (operation.isWrite()) {
                checker.gather(operation);
                findings.write(operation);
            }
        }
        for (Operation operation : history) {
            if (!operation.isWrite()) {
                checker.judge(operation, findings);
            }
        }
        return findings;
    }

    private void gather(Operation write) {
        returned.computeIfAbsent(write.key(), key -> new Floor()).add(write.returned(), write.version());
        invoked.computeIfAbsent(write.key(), key -> new Floor()).add(write.invoked(), write.version());
    }

    private void judge(Operation read, Findings findings) {
        Floor done = returned.getOrDefault(read.key(), new Floor());
        Floor begun = invoked.getOrDefault(read.key(), new Floor());
        int least = done.before(read.invoked());
        int most = begun.before(read.returned());
        findings.read(read);
        if (read.version() < least) {
            findings.stale(read, least, read.invoked() - done.firstAbove(read.version()));
        } else if (read.version() > most) {
            findings.unborn(read, most);
        }
    }
}
