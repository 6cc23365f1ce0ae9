package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The races with invalidations that get no answer, execute twice or late, or not at all: 12. */
public abstract class UnconfirmedInterleavingsContract extends Races {

    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);

    @Test
    void race12_invalidationTimesOutAndExecutesTwiceAndLate_onlyCostsALoad() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        source().commit();
        b().gates().loseReply(Operation.INVALIDATE);
        b().invalidate(key());
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
    }

    @Test
    void unsentInvalidation_thisJvmNeverServesTheOldValueAndTheRetryEndsIt() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        source().commit();
        b().gates().loseRequest(Operation.INVALIDATE);
        Gate retry = b().gates().holdAllBeforeSend(Operation.INVALIDATE);
        b().invalidate(key());
        retry.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        retry.open();
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
    }

    @Test
    void acquireSentBeforeTheReplay_servesNobodyWhoBeganAfterTheWrite() throws Throwable {
        Gate loaded = new Gate("old row read by the other JVM");
        Call<@Nullable String> other = b().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        Call<@Nullable String> early = a().start(key(), source().loader());
        awaitAnswered(a(), Operation.ACQUIRE, 1);
        Gate replay = loseInvalidationAtA();
        Gate bypassing = new Gate("new row read past the store");
        Call<@Nullable String> storeless = a().start(key(), source().heldAt(bypassing));
        bypassing.awaitArrival();
        Call<@Nullable String> late = a().start(key(), source().loader());
        late.awaitParkedIn(ReadPath.class, "join");
        replay.awaitArrival();
        Gate found = a().gates().holdReply(Operation.ACQUIRE);
        loaded.open();
        found.awaitArrival();
        replay.open();
        await("the replay's acknowledgement", () -> a().invalidated() > 0);
        bypassing.open();
        assertThat(storeless.result()).isEqualTo("v2");
        awaitAnswered(a(), Operation.GET, 2);
        late.awaitParkedIn(ReadPath.class, "join");
        found.open();
        assertThat(other.result()).isEqualTo("v1");
        assertThat(early.result()).isEqualTo("v1");
        assertThat(late.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    /** A write of A's whose invalidation is lost; its replay stands at the returned gate. */
    private Gate loseInvalidationAtA() {
        source().commit();
        a().gates().loseRequest(Operation.INVALIDATE);
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().invalidate(key());
        return replay;
    }

    @Test
    void race12_invalidationExecutesLateOverANewerValue_onlyCostsALoad() throws Throwable {
        Gate late = b().gates().holdAllBeforeSend(Operation.INVALIDATE);
        source().commit();
        b().invalidate(key());
        assertThat(b().read(key(), source().loader())).as("past the store").isEqualTo("v2");
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(a(), Operation.FILL, 1);
        late.open();
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
        assertThat(source().loads()).as("the late one removed the value").isGreaterThanOrEqualTo(3);
    }

    @Test
    void race12_strictInvalidationWithoutAnswer_staysMarkedUntilItsRetry() throws Throwable {
        b().gates().loseRequest(Operation.INVALIDATE);
        Gate retry = b().gates().holdAllBeforeSend(Operation.INVALIDATE);
        strictWrite(b());
        retry.awaitArrival();
        assertFresh("v2");
        assertThat(a().gates().answered(Operation.FILL)).as("nothing is stored").isZero();
        retry.open();
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
        awaitAnswered(a(), Operation.FILL, 1);
    }

    @Test
    void race12_strictInvalidationThatExecutesAgain_leavesTheMarkOfTheNextWriter() throws Throwable {
        b().gates().loseReply(Operation.INVALIDATE);
        Gate again = b().gates().holdAllBeforeSend(Operation.INVALIDATE);
        strictWrite(b());
        again.awaitArrival();
        TestJvm third = jvm(TestJvm.settings());
        Gate reading = new Gate("row read before the next commit");
        Call<@Nullable String> reader = a().write(key(), STRICT, () -> {
            again.open();
            awaitAnswered(b(), Operation.INVALIDATE, 2);
            Call<@Nullable String> started = third.start(key(), source().heldAt(reading));
            reading.awaitArrival();
            source().commit();
            a().gates().kill();
            return started;
        });
        reading.open();
        assertThat(Objects.requireNonNull(reader).result()).isEqualTo("v2");
        assertThat(b().read(key(), source().loader())).isEqualTo("v3");
    }

    @Test
    void lateMark_stopsItsWriterAndOnlyRemoves() throws Throwable {
        TestJvm writer = jvm(Duration.ofMillis(300));
        Gate late = writer.gates().holdBeforeSend(Operation.MARK);
        Call<@Nullable Void> stopped = writer.startWrite(key(), STRICT, () -> {
            source().commit();
            return null;
        });
        late.awaitArrival();
        assertThatThrownBy(stopped::result).isInstanceOf(StrictWriteException.class);
        assertFresh("v1");
        late.open();
        awaitAnswered(writer, Operation.MARK, 1);
        assertFresh("v1");
        awaitUnmarked();
        assertFresh("v1");
    }

    private void strictWrite(TestJvm jvm) throws Throwable {
        jvm.write(key(), STRICT, () -> {
            source().commit();
            return null;
        });
    }
}
