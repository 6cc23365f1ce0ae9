package io.cacheaside.verification.faults;

import io.cacheaside.verification.history.Findings;
import io.cacheaside.verification.history.HistoryChecker;
import io.cacheaside.verification.history.HistoryFiles;
import io.cacheaside.verification.history.Operation;
import io.cacheaside.verification.history.Operation.Kind;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of one round, completed by what nobody could record: the writes of JVMs that died. A write that was
 * begun there and has no end may have been committed; the versions that the database has and nobody has recorded are such
 * writes. They oblige
 *
 * <ol>
 *   <li>where they were strict, a moment after the writer's death: the mark had removed the value before the commit;
 *   <li>where they were durable, when the relay has had its time;
 *   <li>else from the next acknowledged removal of the key on, as {@link HistoryChecker} has it for writes that were not
 *       acknowledged; until then only the TTL bounds them.
 * </ol>
 */
final class RoundHistory {

    /** In which a statement of a dead JVM that the database already had is executed. */
    private static final long LAST_STATEMENT_NANOS = 1_000_000_000L;

    /** Rows are due after 300 ms and looked for every 250 ms. */
    private static final long RELAY_NANOS = 2_000_000_000L;

    /** What a replica on the same machine may lag behind. */
    private static final long REPLICATION_NANOS = 200_000_000L;

    private static final int NOBODY = -1;

    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, List<Operation>> unended = new HashMap<>();
    private final Shelves shelves;
    private final long begin;
    private int unexplained;

    /** The process {@code pid} was seen dead at {@code time}. */
    record Death(long pid, long time) {}

    /** What the master had acknowledged from {@code cut} on was lost with it at {@code gone}. */
    record Loss(long cut, long gone) {}

    private RoundHistory(Shelves shelves, long begin) {
        this.shelves = shelves;
        this.begin = begin;
    }

    /**
     * Judges the recordings in {@code directory}.
     *
     * @param shelves what a write of many has changed
     * @param begin before anything in it
     * @param before the versions of all rows at that time, when everybody read them so
     * @param after the versions now
     */
    static RoundHistory read(Path directory, Shelves shelves, long begin, int[] before, int[] after, List<Death> deaths)
            throws IOException {
        RoundHistory history = new RoundHistory(shelves, begin);
        for (int key = 0; key < before.length; key++) {
            history.operations.add(Operation.write(key, before[key], begin, begin));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                history.add(file, deathOf(file, deaths));
            }
        }
        history.addUnended(before, after);
        return history;
    }

    private static @Nullable Death deathOf(Path file, List<Death> deaths) {
        String pid = file.getFileName().toString().split("-", -1)[1];
        return deaths.stream()
                .filter(death -> pid.equals("" + death.pid))
                .findAny()
                .orElse(null);
    }

    private void add(Path file, @Nullable Death death) {
        Operation begun = null;
        Set<Integer> changing = new HashSet<>();
        for (Operation operation : new HistoryFiles(List.of(file))) {
            operations.add(operation);
            if (operation.kind() == Kind.BEGUN) {
                begun = operation;
                changing = new HashSet<>(shelves.changed(operation.key(), Way.of(operation.version())));
            } else if (operation.isWrite()) {
                changing.remove(operation.key());
            } else {
                changing.clear(); // what was rolled back has no end of its own
            }
        }
        if (death != null && begun != null) {
            Operation write =
                    new Operation(Kind.BEGUN, begun.jvm(), begun.key(), begun.version(), begun.invoked(), death.time);
            changing.forEach(key ->
                    unended.computeIfAbsent(key, first -> new ArrayList<>()).add(write));
        }
    }

    private void addUnended(int[] before, int[] after) {
        Map<Integer, Set<Integer>> recorded = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.isWrite()) {
                recorded.computeIfAbsent(operation.key(), key -> new HashSet<>())
                        .add(operation.version());
            }
        }
        for (int key = 0; key < before.length; key++) {
            for (int version = before[key] + 1; version <= after[key]; version++) {
                if (!recorded.getOrDefault(key, Set.of()).contains(version)) {
                    addUnended(key, version, unended.getOrDefault(key, List.of()));
                }
            }
        }
    }

    private void addUnended(int key, int version, List<Operation> candidates) {
        if (candidates.isEmpty()) {
            unexplained++;
        }
        long invoked = candidates.stream().mapToLong(Operation::invoked).min().orElse(begin);
        long death = candidates.stream().mapToLong(Operation::returned).max().orElse(Long.MAX_VALUE);
        Kind kind = Kind.UNCONFIRMED;
        long obliges = death;
        if (areAll(candidates, Way.STRICT)) {
            kind = Kind.WRITE;
            obliges = death + LAST_STATEMENT_NANOS;
        } else if (areAll(candidates, Way.DURABLE)) {
            kind = Kind.WRITE;
            obliges = death + RELAY_NANOS;
        }
        operations.add(new Operation(kind, NOBODY, key, version, invoked, obliges));
    }

    private static boolean areAll(List<Operation> writes, Way way) {
        return !writes.isEmpty() && writes.stream().allMatch(write -> Way.of(write.version()) == way);
    }

    /**
     * Judges the reads. Of a master that is gone with what it had acknowledged: reads in other JVMs than the writer's may be
     * older than the lost writes until the removal is acknowledged again. So reads from then on are judged as if the removals
     * had not been acknowledged; the writer's JVM has to see its writes as ever.
     */
    Findings check(@Nullable Loss loss) {
        if (loss == null) {
            return HistoryChecker.check(operations);
        }
        Findings findings = HistoryChecker.check(operations, read -> read.invoked() < loss.gone);
        findings.addReads(HistoryChecker.check(
                operations.stream()
                        .filter(operation -> operation.kind() != Kind.REMOVED || !isLost(operation, loss))
                        .map(operation -> inDoubt(operation, loss))
                        .toList(),
                read -> read.invoked() >= loss.gone));
        return findings;
    }

    /** True where the new master may not have what was acknowledged to {@code operation}. */
    private static boolean isLost(Operation operation, Loss loss) {
        return operation.returned() >= loss.cut - REPLICATION_NANOS && operation.returned() < loss.gone;
    }

    private static Operation inDoubt(Operation operation, Loss loss) {
        return operation.kind() == Kind.WRITE && isLost(operation, loss)
                ? new Operation(
                        Kind.UNCONFIRMED,
                        operation.jvm(),
                        operation.key(),
                        operation.version(),
                        operation.invoked(),
                        loss.gone)
                : operation;
    }

    /** Committed versions that nobody can have written: a mistake of this proof, or of the database. */
    int unexplained() {
        return unexplained;
    }
}
