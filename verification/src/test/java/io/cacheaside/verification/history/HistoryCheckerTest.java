package io.cacheaside.verification.history;

import static io.cacheaside.verification.history.Operation.read;
import static io.cacheaside.verification.history.Operation.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.history.Operation.Kind;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HistoryCheckerTest {

    private static final int KEY = 7;

    private static Findings check(Operation... history) {
        return HistoryChecker.check(List.of(history));
    }

    @Test
    void readAfterTheWriteReturned_hasToSeeIt() {
        assertThat(check(write(KEY, 1, 10, 20), read(KEY, 0, 21, 30)).stale()).isOne();
        assertThat(check(write(KEY, 1, 10, 20), read(KEY, 1, 21, 30)).violations())
                .isZero();
    }

    @Test
    void readThatOverlapsTheWrite_maySeeEither() {
        assertThat(check(write(KEY, 1, 10, 20), read(KEY, 0, 15, 30), read(KEY, 1, 15, 30))
                        .violations())
                .isZero();
    }

    @Test
    void readInvokedInTheMomentTheWriteReturns_overlapsIt() {
        assertThat(check(write(KEY, 1, 10, 20), read(KEY, 0, 20, 30)).violations())
                .isZero();
    }

    @Test
    void readLongAfterTheWrite_isStaleHoweverManyWereRight() {
        assertThat(check(write(KEY, 1, 10, 20), read(KEY, 1, 30, 40), read(KEY, 0, 50, 60))
                        .stale())
                .isOne();
    }

    @Test
    void readBetweenTwoWrites_maySeeTheSecondEarly() {
        assertThat(check(write(KEY, 1, 10, 20), write(KEY, 2, 30, 50), read(KEY, 2, 35, 40), read(KEY, 1, 41, 45))
                        .violations())
                .isZero();
    }

    @Test
    void overlappingWrites_obligeToTheHigherOfThoseThatReturned() {
        // version 2 returned first: version 1 is old from then on
        assertThat(check(write(KEY, 1, 10, 40), write(KEY, 2, 11, 20), read(KEY, 1, 21, 30))
                        .stale())
                .isOne();
        assertThat(check(write(KEY, 1, 10, 40), write(KEY, 2, 11, 20), read(KEY, 2, 50, 60))
                        .violations())
                .isZero();
    }

    @Test
    void lateLowerVersion_doesNotLowerTheFloor() {
        assertThat(check(write(KEY, 2, 10, 20), write(KEY, 1, 9, 30), read(KEY, 1, 31, 40))
                        .stale())
                .isOne();
    }

    @Test
    void writesOfOtherKeys_doNotMatter() {
        assertThat(check(write(KEY + 1, 5, 10, 20), read(KEY, 0, 30, 40)).violations())
                .isZero();
    }

    @Test
    void versionThatNobodyHadWritten_isUnborn() {
        assertThat(check(write(KEY, 1, 50, 60), read(KEY, 1, 10, 20)).unborn()).isOne();
        assertThat(check(read(KEY, 1, 10, 20)).unborn()).isOne();
    }

    @Test
    void versionOfAWriteThatWasBegun_isNotUnborn() {
        assertThat(check(write(KEY, 1, 15, 60), read(KEY, 1, 10, 20)).violations())
                .isZero();
    }

    private static Operation unconfirmed(int jvm, int version, long invoked, long returned) {
        return new Operation(Kind.UNCONFIRMED, jvm, KEY, version, invoked, returned);
    }

    private static Operation removed(int jvm, long sent, long acknowledged) {
        return new Operation(Kind.REMOVED, jvm, KEY, 0, sent, acknowledged);
    }

    @Test
    void unconfirmedWrite_obligesItsOwnJvmAlone() {
        assertThat(check(unconfirmed(1, 1, 10, 20), read(KEY, 0, 30, 40).in(1)).stale())
                .isOne();
        assertThat(check(unconfirmed(1, 1, 10, 20), read(KEY, 0, 30, 40).in(0)).violations())
                .isZero();
        assertThat(check(unconfirmed(1, 1, 10, 20)).pardoned()).containsExactly(KEY);
    }

    @Test
    void unconfirmedWrite_obligesOthersFromTheAcknowledgementOfARemovalSentLater() {
        Operation write = unconfirmed(1, 1, 10, 20);
        assertThat(check(write, removed(1, 25, 50), read(KEY, 0, 50, 60)).violations())
                .isZero();
        assertThat(check(write, removed(1, 25, 50), read(KEY, 0, 51, 60)).stale())
                .isOne();
        // whoever sent it: the value is gone
        assertThat(check(write, removed(0, 25, 50), read(KEY, 0, 51, 60)).stale())
                .isOne();
        assertThat(check(write, removed(1, 25, 50)).pardoned()).isEmpty();
    }

    @Test
    void removalAfterTheCommit_obligesOthersThoughItWasSentBeforeTheReturn() {
        Operation committed = new Operation(Kind.COMMITTED, 1, KEY, 1, 15, 15);
        assertThat(check(unconfirmed(1, 1, 10, 20), committed, removed(1, 15, 50), read(KEY, 0, 51, 60))
                        .stale())
                .isOne();
        assertThat(check(unconfirmed(1, 1, 10, 20), committed, removed(0, 14, 50), read(KEY, 0, 51, 60))
                        .violations())
                .isZero();
        assertThat(check(unconfirmed(1, 1, 10, 20), committed, removed(1, 15, 18), read(KEY, 0, 19, 30))
                        .violations())
                .isZero();
    }

    @Test
    void removalThatWasSentBeforeTheWriteReturned_obligesNobody() {
        assertThat(check(unconfirmed(1, 1, 10, 20), removed(0, 15, 50), read(KEY, 0, 60, 70))
                        .violations())
                .isZero();
    }

    @Test
    void firstAcknowledgementCounts_notThatOfTheFirstRemoval() {
        assertThat(check(unconfirmed(1, 1, 10, 20), removed(0, 25, 90), removed(0, 30, 40), read(KEY, 0, 41, 45))
                        .stale())
                .isOne();
    }

    @Test
    void firstVersion_needsNoWrite() {
        assertThat(check(read(KEY, 0, 10, 20)).violations()).isZero();
    }

    @Test
    void staleRead_isToldWithTheTimeSinceTheFirstNewerWrite() {
        Findings findings = check(write(KEY, 1, 0, 1_000_000), write(KEY, 2, 1, 3_000_000), read(KEY, 0, 6_000_000, 9));
        assertThat(findings.worstNanos()).isEqualTo(5_000_000);
        assertThat(findings.firstAt()).isEqualTo(9);
        assertThat(findings.examples()).singleElement().asString().contains("key 7", "version 0", "5.000 ms");
    }

    @Test
    void oneWrongReadAmongAMillion_isFound() {
        List<Operation> history = new ArrayList<>();
        Random random = new Random(1);
        int[] version = new int[100];
        for (int i = 1; i <= 1_000_000; i++) {
            int key = random.nextInt(100);
            history.add(
                    i % 20 == 0
                            ? write(key, ++version[key], 10L * i, 10L * i + 5)
                            : read(key, version[key], 10L * i, 10L * i + 5));
        }
        history.add(read(3, version[3] - 1, 20_000_000, 20_000_001));
        Collections.shuffle(history, random);
        Findings findings = HistoryChecker.check(history);
        assertThat(findings.operations()).isEqualTo(1_000_001);
        assertThat(findings.violations()).isOne();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyWritesOfOneKey_areNoQuadraticWork() {
        List<Operation> history = new ArrayList<>();
        for (int i = 1; i <= 300_000; i++) {
            history.add(write(KEY, i, 10L * i, 10L * i + 5));
            history.add(read(KEY, i, 10L * i + 6, 10L * i + 7));
        }
        assertThat(HistoryChecker.check(history).violations()).isZero();
    }

    @Test
    void recordedOperations_comeBackFromTheirFiles(@TempDir Path directory) throws Exception {
        List<Path> files = List.of(directory.resolve("a"), directory.resolve("b"), directory.resolve("c"));
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                Recorder recorder = Recorder.buffered(channel, new ReentrantLock(), 0);
                for (int i = 0; i < (file.endsWith("b") ? 0 : 10_000); i++) {
                    recorder.read(i, i + 1, -5, Long.MAX_VALUE);
                    recorder.write(Map.of(i, i + 2), i, i + 3);
                }
                recorder.flush();
            }
        }
        List<Operation> back = new ArrayList<>();
        new HistoryFiles(files).forEach(back::add);
        assertThat(back).hasSize(40_000);
        assertThat(back.get(20_000)).isEqualTo(read(0, 1, -5, Long.MAX_VALUE));
        assertThat(back.get(39_999)).isEqualTo(write(9_999, 10_001, 9_999, 10_002));
    }
}
