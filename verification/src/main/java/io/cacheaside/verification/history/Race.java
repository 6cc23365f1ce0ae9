package io.cacheaside.verification.history;

import io.cacheaside.verification.ChildJvm;
import io.cacheaside.verification.FileTree;
import io.cacheaside.verification.history.documents.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A running race: one Redis, one database, several JVMs. The sides run in turns; each has its own rows and its own keys.
 */
final class Race implements AutoCloseable {

    /** For fills and releases that nobody waits for; they take a millisecond. */
    private static final long SETTLE_NANOS = 300_000_000;

    private final Settings settings;
    private final Path directory = Files.createTempDirectory("cacheaside-history");
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<ChildJvm> jvms = new ArrayList<>();

    /** Figures of one turn of all JVMs together. */
    record Turn(long operations, long unconfirmed, long refused, long failed, long hits, WriteCounts writes) {}

    private Race(Settings settings) throws IOException {
        this.settings = settings;
        toClose.add(() -> FileTree.delete(directory));
    }

    /** Starts everything and waits until all JVMs are up. */
    static Race start(Settings settings, Weaving weaving, List<String> sides) throws IOException {
        Race race = new Race(settings);
        try {
            race.start(sides, RaceRedis.near(), weaving, List.of());
            return race;
        } catch (IOException | RuntimeException e) {
            race.close();
            throw e;
        }
    }

    /**
     * As {@link #start(Settings, Weaving, List)}, with cacheaside alone, on a slow network and beside a replica.
     *
     * @param changed classes that take the place of the product's
     */
    static Race startHard(Settings settings, Weaving weaving, List<Path> changed) throws IOException {
        Race race = new Race(settings);
        try {
            race.start(List.of(Sides.CACHEASIDE), RaceRedis.hard(), weaving, changed);
            return race;
        } catch (IOException | RuntimeException e) {
            race.close();
            throw e;
        }
    }

    private void start(List<String> sides, RaceRedis redis, Weaving weaving, List<Path> changed) throws IOException {
        toClose.add(redis);
        RaceDatabase database = new RaceDatabase();
        toClose.add(database);
        for (String side : sides) {
            Rows.create(database.jdbc(), Sides.table(side), settings.keys());
        }
        for (int jvm = 0; jvm < settings.jvms(); jvm++) {
            List<String> arguments = new ArrayList<>(settings.forJvm());
            arguments.addAll(redis.forJvm());
            arguments.addAll(List.of(
                    "--sides", String.join(",", sides),
                    "--database", database.url(),
                    "--directory", directory.toString(),
                    "--name", "" + jvm));
            List<Path> first = new ArrayList<>(changed);
            first.addAll(jvm % 2 == 1 ? List.of(weaving.woven()) : List.of());
            ChildJvm child = ChildJvm.start(first, HistoryJvm.class, arguments.toArray(String[]::new));
            toClose.add(child);
            jvms.add(child);
        }
        for (ChildJvm jvm : jvms) {
            jvm.expect("up");
        }
    }

    /** Lets all threads of all JVMs run on {@code side} for {@code length}. */
    Turn turn(String side, Duration length) throws IOException {
        for (ChildJvm jvm : jvms) {
            jvm.tell("turn " + side + " " + length.toMillis());
        }
        long[] sums = new long[5];
        WriteCounts writes = new WriteCounts();
        for (ChildJvm jvm : jvms) {
            String[] figures = jvm.expect("done").split(" ", -1);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Long.parseLong(figures[i]);
            }
            writes.add(WriteCounts.parse(figures[sums.length]));
        }
        return new Turn(sums[0], sums[1], sums[2], sums[3], sums[4], writes);
    }

    /** How many keys some JVM reads wrong although nobody writes. */
    int wrongAtRest(String side) throws IOException {
        LockSupport.parkNanos(SETTLE_NANOS);
        int wrong = 0;
        for (ChildJvm jvm : jvms) {
            jvm.tell("rest " + side);
            wrong = Math.max(wrong, Integer.parseInt(jvm.expect("wrong")));
        }
        return wrong;
    }

    /** What was recorded of {@code side} up to now. */
    HistoryFiles history(String side) {
        return new HistoryFiles(IntStream.range(0, settings.jvms())
                .mapToObj(jvm -> HistoryJvm.file(directory, side, "" + jvm))
                .filter(Files::exists)
                .toList());
    }

    /** Stops the JVMs, then what they used. */
    @Override
    public void close() throws IOException {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            try {
                toClose.get(i).close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
