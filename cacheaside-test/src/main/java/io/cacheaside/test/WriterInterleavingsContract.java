package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The races with writers that die, stand still or overlap, 13 to 15, and with a source that lags. Where a plain write
 * leaves something old behind, a test says so and for how long.
 */
public abstract class WriterInterleavingsContract extends Races {

    private static final InvalidationPolicy PLAIN = InvalidationPolicy.PLAIN;
    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** A mark's lifetime bounds the wait for its acknowledgement, too. */
    private static final Duration SHORT_MARK = Duration.ofMillis(700);

    // ---- 13: the writer dies

    @Test
    void race13_plainWriterDiesBeforeTheCommit_nothingHasHappened() throws Throwable {
        b().read(key(), source().loader());
        TestJvm writer = jvm(SHORT_MARK);
        die(writer, PLAIN, false);
        assertFresh("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void race13_strictWriterDiesBeforeTheCommit_readersLoadUntilItsMarkEnds() throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        die(jvm(SHORT_MARK), STRICT, false);
        assertFresh("v1");
        awaitUnmarked();
        assertFresh("v1");
    }

    @Test
    void race13_plainWriterDiesAfterTheCommit_theOldValueLivesUntilItsTtlEnds() throws Throwable {
        TestJvm reader = jvm(CacheSettings.ttl(SHORT).orElse(TestJvm.settings()));
        reader.read(key(), source().loader());
        awaitAnswered(reader, Operation.FILL, 1);
        die(a(), PLAIN, true);
        await("the TTL's end", () -> "v2".equals(value(reader)));
    }

    @Test
    void race13_strictWriterDiesAfterTheCommit_theOldValueIsGone() throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        die(jvm(SHORT_MARK), STRICT, true);
        assertFresh("v2");
        awaitUnmarked();
        assertFresh("v2");
    }

    @Test
    void race13_loadFromBeforeTheMarkOfAWriterThatDies_isVoid() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = b().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        die(jvm(SHORT_MARK), STRICT, true);
        awaitUnmarked();
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race13_loadUnderTheMarkOfAWriterThatDies_isNotStored() throws Throwable {
        Gate loaded = new Gate("old row read");
        TestJvm writer = jvm(SHORT_MARK);
        Call<@Nullable String> old = writer.write(key(), STRICT, () -> {
            Call<@Nullable String> started = b().start(key(), source().heldAt(loaded));
            loaded.awaitArrival();
            source().commit();
            writer.gates().kill();
            return started;
        });
        awaitUnmarked();
        loaded.open();
        assertThat(Objects.requireNonNull(old).result()).isEqualTo("v1");
        assertThat(b().gates().answered(Operation.FILL)).as("no lease, no fill").isZero();
        assertFresh("v2");
    }

    @Test
    void race13_writerDiesInItsInvalidation_beforeOrAfterItsExecution() throws Throwable {
        for (InvalidationPolicy policy : new InvalidationPolicy[] {PLAIN, STRICT}) {
            TestJvm writer = jvm(SHORT_MARK);
            b().read(key(), source().loader());
            Gate executed = writer.gates().holdReply(Operation.INVALIDATE);
            Call<@Nullable Void> write = writer.startWrite(key(), policy, () -> {
                source().commit();
                return null;
            });
            executed.awaitArrival();
            writer.gates().kill();
            assertFresh(source().current());
            executed.open();
            write.result();
        }
    }

    // ---- 14: the mark ends before the commit

    @Test
    void race14_markEndsBeforeTheCommit_theInvalidationStillRemovesTheOldValue() throws Throwable {
        TestJvm slow = jvm(SHORT_MARK);
        slow.write(key(), STRICT, () -> {
            slow.gates().stopRenewals();
            awaitUnmarked();
            assertThat(b().read(key(), source().loader())).isEqualTo("v1");
            awaitAnswered(b(), Operation.FILL, 1);
            source().commit();
            return null;
        });
        assertFresh("v2");
    }

    @Test
    void race14_loadBetweenTheMarksEndAndTheCommit_isVoid() throws Throwable {
        TestJvm slow = jvm(SHORT_MARK);
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = slow.write(key(), STRICT, () -> {
            slow.gates().stopRenewals();
            awaitUnmarked();
            Call<@Nullable String> started = b().start(key(), source().heldAt(loaded));
            loaded.awaitArrival();
            source().commit();
            return started;
        });
        loaded.open();
        assertThat(Objects.requireNonNull(old).result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race14_writerThatDiesAfterACommitLaterThanItsMark_leavesTheOldValueUntilItsTtlEnds() throws Throwable {
        TestJvm slow = jvm(SHORT_MARK);
        TestJvm reader = jvm(CacheSettings.ttl(SHORT).orElse(TestJvm.settings()));
        slow.write(key(), STRICT, () -> {
            slow.gates().kill();
            awaitUnmarked();
            reader.read(key(), source().loader());
            awaitAnswered(reader, Operation.FILL, 1);
            source().commit();
            return null;
        });
        await("the TTL's end", () -> "v2".equals(value(reader)));
    }

    // ---- 15: two strict writers overlap

    @Test
    void race15_firstWriterUnmarks_theMarkOfTheSecondStands() throws Throwable {
        TestJvm third = jvm(TestJvm.settings());
        Gate loaded = new Gate("row of the first writer read");
        Call<@Nullable String> reader = a().write(key(), STRICT, () -> {
            strictWrite(b());
            Call<@Nullable String> started = third.start(key(), source().heldAt(loaded));
            loaded.awaitArrival();
            source().commit();
            a().gates().kill();
            return started;
        });
        loaded.open();
        assertThat(Objects.requireNonNull(reader).result()).isEqualTo("v2");
        assertThat(b().read(key(), source().loader())).isEqualTo("v3");
        assertThat(third.gates().answered(Operation.FILL))
                .as("no lease, no fill")
                .isZero();
    }

    @Test
    void race15_bothUnmark_loadsAreStoredAgain() throws Throwable {
        a().write(key(), STRICT, () -> {
            strictWrite(b());
            source().commit();
            return null;
        });
        assertFresh("v3");
        awaitAnswered(a(), Operation.FILL, 1);
        assertFresh("v3");
        assertThat(source().loads()).isEqualTo(1);
    }

    // ---- the source lags

    @Test
    void replicaLag_withoutSettle_storesWhatTheReplicaStillShows() throws Throwable {
        write(a());
        assertThat(b().read(key(), source().replica())).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        source().replicate();
        assertThat(a().read(key(), source().replica())).as("until its TTL ends").isEqualTo("v1");
    }

    @Test
    void replicaLag_withSettle_storesNothingUntilItHasCaughtUp() throws Throwable {
        settlingWrite(Duration.ofSeconds(20));
        assertThat(b().read(key(), source().replica())).isEqualTo("v1");
        source().replicate();
        assertThat(a().read(key(), source().replica())).isEqualTo("v2");
        assertThat(b().read(key(), source().replica())).isEqualTo("v2");
    }

    @Test
    void replicaLag_loadThatBeganBeforeTheRemoval_isVoid() throws Throwable {
        Gate loaded = new Gate("old row of the replica read");
        Call<@Nullable String> old = b().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        settlingWrite(SHORT);
        source().replicate();
        awaitUnmarked();
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    private void settlingWrite(Duration settle) throws Throwable {
        a().write(key(), new InvalidationPolicy(false, settle, false), () -> {
            source().commit();
            return null;
        });
    }

    private void strictWrite(TestJvm jvm) throws Throwable {
        jvm.write(key(), STRICT, () -> {
            source().commit();
            return null;
        });
    }

    /** A write whose JVM is killed after its commit, or instead of it. */
    private void die(TestJvm writer, InvalidationPolicy policy, boolean afterTheCommit) throws Throwable {
        writer.write(key(), policy, () -> {
            if (afterTheCommit) {
                source().commit();
            }
            writer.gates().kill();
            return null;
        });
    }

    private @Nullable String value(TestJvm jvm) {
        try {
            return jvm.read(key(), source().loader());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
