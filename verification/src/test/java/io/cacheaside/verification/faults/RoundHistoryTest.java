package io.cacheaside.verification.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.faults.RoundHistory.Death;
import io.cacheaside.verification.faults.RoundHistory.Loss;
import io.cacheaside.verification.history.Findings;
import io.cacheaside.verification.history.Racer;
import io.cacheaside.verification.history.Recorder;
import io.cacheaside.verification.history.Settings;
import io.cacheaside.verification.history.Zipf;
import io.cacheaside.verification.history.documents.Document;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundHistoryTest {

    private static final long PID = 77;
    private static final long SECOND = 1_000_000_000L;

    /** Documents 1 and 3 stand together. */
    private static final Shelves SHELVES = new Shelves(2, 4);

    @TempDir
    Path directory;

    /** Stands for the death of the JVM in the middle of a write: the thread does nothing any more. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A writer of key 0 that dies in its second write, begun in {@code way}, as the files of its JVM show it. */
    private long writeAndDie(Way way) throws IOException {
        AtomicInteger versions = new AtomicInteger();
        Documents documents = new Documents() {
            @Override
            public Document read(int id) {
                return Document.of(id, versions.get());
            }

            @Override
            public Map<Integer, Integer> change(int id, Way way) {
                if (versions.incrementAndGet() == 2) {
                    throw new Killed();
                }
                return SHELVES.changed(id, way).stream().collect(Collectors.toMap(key -> key, key -> versions.get()));
            }

            @Override
            public void tour(int first, int second) {}

            @Override
            public void close() {}
        };
        Settings settings = new Settings(1, 1, 1, 100, Duration.ZERO, 2, List.of(way));
        try (FileChannel file = open(PID)) {
            new Racer(settings, new Zipf(1), documents, Recorder.surviving(file, 0), () -> false).run();
        } catch (Killed killed) {
            // as wanted
        }
        return System.nanoTime();
    }

    private FileChannel open(long pid) throws IOException {
        return FileChannel.open(
                directory.resolve("0-" + pid + "-racer0"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void look(int version, long invoked) throws IOException {
        try (FileChannel file = open(PID + 1)) {
            Recorder.surviving(file, 1).read(0, version, invoked, invoked + 1);
        }
    }

    private RoundHistory history(long death) throws IOException {
        return history(death, new int[] {2}, List.of(new Death(PID, death)));
    }

    private RoundHistory history(long death, int[] after, List<Death> deaths) throws IOException {
        return RoundHistory.read(directory, SHELVES, death - 60 * SECOND, new int[after.length], after, deaths);
    }

    @Test
    void plainWriteOfADeadJvm_obligesNobody_butMayBeSeen() throws Exception {
        long death = writeAndDie(Way.PLAIN);
        look(1, death + 10 * SECOND);
        look(2, death + 11 * SECOND);
        Findings findings = history(death).check(null);
        assertThat(findings.violations()).isZero();
        assertThat(findings.pardoned()).containsExactly(0);
    }

    @Test
    void writeThatReturnedBeforeTheDeath_obligesEverybody() throws Exception {
        long death = writeAndDie(Way.PLAIN);
        look(0, death);
        assertThat(history(death).check(null).stale()).isOne();
    }

    @Test
    void strictWriteOfADeadJvm_obligesAMomentAfterItsDeath() throws Exception {
        long death = writeAndDie(Way.STRICT);
        look(1, death + SECOND / 2);
        assertThat(history(death).check(null).violations()).isZero();
        look(1, death + 2 * SECOND);
        assertThat(history(death).check(null).stale()).isOne();
    }

    @Test
    void durableWriteOfADeadJvm_obligesWhenTheRelayHadItsTime() throws Exception {
        long death = writeAndDie(Way.DURABLE);
        look(1, death + SECOND);
        assertThat(history(death).check(null).violations()).isZero();
        look(1, death + 3 * SECOND);
        assertThat(history(death).check(null).stale()).isOne();
    }

    /** JVM 0 has written version 1 when the master dies with it; then JVM {@code jvm} reads version 0. */
    private long staleReads(int jvm, long afterTheEnd, boolean removedAgain) throws IOException {
        long death = writeAndDie(Way.PLAIN);
        try (FileChannel file = open(PID + 1)) {
            Recorder recorder = Recorder.surviving(file, jvm);
            recorder.read(0, 0, death + afterTheEnd, death + afterTheEnd + 1);
            if (removedAgain) {
                recorder.removed(List.of(0), death + SECOND, death + 2 * SECOND);
            }
        }
        return history(death).check(new Loss(death - SECOND, death)).stale();
    }

    @Test
    void writeOfAShelfInADeadJvm_isThatOfEachOfItsDocuments() throws Exception {
        long death = writeAndDie(Way.TAG);
        RoundHistory history = history(death, new int[] {0, 2, 0, 2}, List.of(new Death(PID, death)));
        assertThat(history.unexplained()).isZero();
        Findings findings = history.check(null);
        assertThat(findings.pardoned()).containsExactlyInAnyOrder(1, 3);
        assertThat(findings.writes())
                .as("4 first versions, 2 of a write that returned, 2 of the last one")
                .isEqualTo(8);
        assertThat(history(death, new int[] {1, 2, 0, 2}, List.of(new Death(PID, death)))
                        .unexplained())
                .as("document 0 stands elsewhere")
                .isOne();
    }

    @Test
    void writeThatTheMasterTookWithIt_doesNotObligeOthers() throws Exception {
        assertThat(staleReads(1, 3 * SECOND, false)).isZero();
    }

    @Test
    void writeThatTheMasterTookWithIt_obligesOthersWhenItIsRemovedAgain() throws Exception {
        assertThat(staleReads(1, 3 * SECOND, true)).isOne();
    }

    @Test
    void writeThatTheMasterTookWithIt_obligesItsOwnJvmAtOnce() throws Exception {
        assertThat(staleReads(0, 1, false)).isOne();
    }

    @Test
    void versionThatNobodyCanHaveWritten_isUnexplained() throws Exception {
        long death = writeAndDie(Way.PLAIN);
        assertThat(history(death).unexplained()).isZero();
        assertThat(history(death, new int[] {2}, List.of()).unexplained()).isOne();
    }
}
