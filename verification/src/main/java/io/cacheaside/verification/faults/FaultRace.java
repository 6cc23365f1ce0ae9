package io.cacheaside.verification.faults;

import io.cacheaside.verification.ChildJvm;
import io.cacheaside.verification.FileTree;
import io.cacheaside.verification.history.Findings;
import io.cacheaside.verification.history.RaceDatabase;
import io.cacheaside.verification.history.Settings;
import io.cacheaside.verification.history.Weaving;
import io.cacheaside.verification.history.documents.Rows;
import io.cacheaside.verification.history.documents.Shelves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The race of readers and writers in several JVMs, in rounds, each with one fault in the middle. After a round everything
 * has to be as it was: the cache serves, nothing waits to be removed, no lease and no mark is left, and every JVM reads
 * what the database has.
 */
final class FaultRace implements AutoCloseable {

    private static final Settings SETTINGS = new Settings(
            2,
            6,
            300,
            15,
            Duration.ofMillis(6),
            8,
            Settings.mix("plain=30,transactional=30,strict=20,durable=20,rolled-back=10,tag=10,whole-cache=1"));

    /** Of the documents in all rounds. */
    static final Shelves SHELVES = SETTINGS.shelves();

    private static final Duration BEFORE = Duration.ofMillis(300);
    private static final Duration AFTERWARDS = Duration.ofMillis(200);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(20);
    private static final Duration LONGEST_CLEARING = Duration.ofSeconds(6);

    private final Path directory = Files.createTempDirectory("cacheaside-faults");
    private final Weaving weaving;
    private final List<Path> changed;
    private final RaceDatabase database = new RaceDatabase();
    private final Site site;
    private final List<Racing> jvms = new ArrayList<>();
    private final List<RoundHistory.Death> deaths = new ArrayList<>();
    private RoundHistory.@Nullable Loss loss;
    private int rounds;
    private String run = "";

    /** A race with {@code changed} classes in place of the product's, if there are any. */
    FaultRace(Fault.Place place, Weaving weaving, List<Path> changed) throws IOException {
        this.weaving = weaving;
        this.changed = changed;
        this.site = place.open(SETTINGS.jvms());
        Rows.create(database.jdbc(), FaultJvm.TABLE, SETTINGS.keys());
        for (int number = 0; number < SETTINGS.jvms(); number++) {
            jvms.add(new Racing(number, this::start));
        }
        for (Racing jvm : jvms) {
            jvm.awaitUp();
        }
    }

    private ChildJvm start(int number) throws IOException {
        List<String> arguments = new ArrayList<>(SETTINGS.forJvm());
        arguments.addAll(site.forJvm(number));
        arguments.addAll(List.of("--database", database.url(), "--name", "" + number));
        List<Path> first = new ArrayList<>(changed);
        first.addAll(number % 2 == 1 ? List.of(weaving.woven()) : List.of());
        return ChildJvm.start(first, FaultJvm.class, arguments.toArray(String[]::new));
    }

    /** The Redis of this race, which is a {@code type}. */
    <T extends Site> T site(Class<T> type) {
        return type.cast(site);
    }

    List<Racing> jvms() {
        return jvms;
    }

    /** The victim is dead from now on. */
    void died(Racing victim, long pid) throws IOException {
        victim.kill();
        deaths.add(new RoundHistory.Death(pid, System.nanoTime()));
    }

    /** What the master acknowledged from {@code cut} on is lost with it, which was gone at {@code gone}. */
    void lost(long cut, long gone) {
        loss = new RoundHistory.Loss(cut, gone);
    }

    /** A new JVM takes the place of the dead one and takes part. */
    void revive(Racing dead) throws IOException {
        dead.succeed();
        dead.order(run);
    }

    /** Lets the race go on for a while. */
    static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** One round with {@code fault} in it. */
    Outcome round(Fault fault, SplittableRandom random) throws IOException {
        Path recordings = directory.resolve("round" + ++rounds);
        deaths.clear();
        loss = null;
        int[] before = versions();
        long begin = System.nanoTime();
        run = (fault.losesIndexes() ? "run-untagged " : "run ") + recordings;
        orderAll(run);
        double[] usual = Recovery.usual(jvms, BEFORE);
        fault.strike().on(this, random);
        Duration recovery = Recovery.await(jvms, usual, LONGEST_RECOVERY);
        rest(AFTERWARDS);
        Outcome.Calls calls = Outcome.Calls.sum(orderAll("stop"));
        List<String> leaks = leaks();
        List<String> wrong = orderAll("rest");
        RoundHistory history = RoundHistory.read(recordings, SHELVES, begin, before, versions(), deaths);
        Findings findings = history.check(loss);
        Outcome outcome = new Outcome(
                fault.name(), calls, findings, history.unexplained(), wrong(wrong, findings), recovery, leaks);
        findings.pardoned().forEach(id -> site.remove(SHELVES.key(id)));
        if (fault.losesIndexes()) {
            site.masters().forEach(master -> master.command("FLUSHALL"));
        }
        site.mend();
        if (outcome.isRight()) {
            FileTree.delete(recordings);
        }
        return outcome;
    }

    /** What was read wrong at rest, but for versions that oblige nobody. */
    private static List<String> wrong(List<String> answers, Findings findings) {
        Set<Integer> pardoned = findings.pardoned();
        return answers.stream()
                .flatMap(answer -> Stream.of(answer.split(" ", -1)))
                .filter(entry -> !entry.isEmpty())
                .filter(entry -> !pardoned.contains(Integer.parseInt(entry.split(":", -1)[0])))
                .toList();
    }

    private int[] versions() {
        return database
                .jdbc()
                .queryForList("select version from " + FaultJvm.TABLE + " order by id", Integer.class)
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private List<String> orderAll(String order) throws IOException {
        List<String> answers = new ArrayList<>();
        for (Racing jvm : jvms) {
            answers.add(jvm.order(order));
        }
        return answers;
    }

    /** What is still there of a round when everything had time to go. */
    private List<String> leaks() {
        long end = System.nanoTime() + LONGEST_CLEARING.toNanos();
        List<String> left = footprints();
        while (!left.isEmpty() && System.nanoTime() < end) {
            rest(Duration.ofMillis(50));
            left = footprints();
        }
        return left;
    }

    private List<String> footprints() {
        List<String> left = new ArrayList<>(site.footprints());
        long subscriptions = site.subscriptions(Shelves.NAMESPACE);
        if (subscriptions != jvms.size()) {
            left.add(subscriptions + " subscriptions of " + jvms.size() + " JVMs");
        }
        return left;
    }

    /** The threads of all JVMs by name, without numbers. */
    List<String> threads() throws IOException {
        return orderAll("threads");
    }

    @Override
    public void close() throws IOException {
        for (Racing jvm : jvms) {
            jvm.close();
        }
        site.close();
        database.close();
        FileTree.delete(directory);
    }
}
