package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The races of readers with each other and with writers that live, 1 to 11. Those of writers that die or overlap:
 * {@link WriterInterleavingsContract}.
 */
public abstract class InterleavingsContract extends Races {

    private static final Duration SHORT_LEASE = Duration.ofMillis(200);

    @Test
    void race01_invalidationDuringLoadOfAnEvictedValue_voidsTheFill() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        evict();
        loadOldThenInvalidateThenFill();
    }

    @Test
    void race02_invalidationDuringFirstLoad_voidsTheFill() throws Throwable {
        loadOldThenInvalidateThenFill();
    }

    private void loadOldThenInvalidateThenFill() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> reader = a().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        write(b());
        int fills = a().gates().answered(Operation.FILL);
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, fills + 1);
        assertFresh("v2");
    }

    @Test
    void race03_joinerAfterInvalidationInTheSameJvm_doesNotTakeTheOldLoad() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> leader = a().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        write(a());
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        loaded.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void race03_joinerBeforeTheLoad_sharesIt() throws Throwable {
        Gate acquired = a().gates().holdReply(Operation.ACQUIRE);
        Call<@Nullable String> leader = a().start(key(), source().loader());
        acquired.awaitArrival();
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        acquired.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void race03_joinerDuringTheLoad_sharesItOnceFillHasStoredIt() throws Throwable {
        Gate loaded = new Gate("row read");
        Call<@Nullable String> leader = a().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        loaded.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void race04_readerInAnotherJvmAfterInvalidation_loadsAnewAndKeepsItsFill() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = a().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        write(a());
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        assertThat(source().loads()).as("the new value stayed stored").isEqualTo(2);
    }

    @Test
    void race05_invalidationBetweenFillAndItsReply_newReaderDoesNotJoin() throws Throwable {
        Gate filled = a().gates().holdReply(Operation.FILL);
        Call<@Nullable String> leader = a().start(key(), source().loader());
        filled.awaitArrival();
        assertThat(leader.result()).as("the leader does not wait for FILL").isEqualTo("v1");
        write(b());
        assertThat(a().start(key(), source().loader()).result()).isEqualTo("v2");
        filled.open();
        assertFresh("v2");
    }

    @Test
    void race06_joinerAfterTheAcquireThatFoundTheOldValue_doesNotTakeIt() throws Throwable {
        Gate found = a().gates().holdReply(Operation.ACQUIRE);
        Call<@Nullable String> leader = startAfterOtherJvmFilled(found);
        write(b());
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        found.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    /** A read that missed with GET, and whose ACQUIRE then finds what the other JVM has stored in between. */
    private Call<@Nullable String> startAfterOtherJvmFilled(Gate found) throws Throwable {
        Gate missed = a().gates().holdReply(Operation.GET);
        Call<@Nullable String> leader = a().start(key(), source().loader());
        missed.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        missed.open();
        found.awaitArrival();
        return leader;
    }

    @Test
    void race07_invalidationsInTheReverseOrderOfTheCommits_leaveTheNewestOrNothing() throws Throwable {
        Gate firstHeld = a().gates().holdBeforeSend(Operation.INVALIDATE);
        source().commit();
        Call<@Nullable Void> firstWriter = a().startInvalidation(key());
        firstHeld.awaitArrival();
        write(b());
        assertThat(b().read(key(), source().loader())).isEqualTo("v3");
        awaitAnswered(b(), Operation.FILL, 1);
        firstHeld.open();
        firstWriter.result();
        assertFresh("v3");
    }

    @Test
    void race08_leaseExpiresAndAnotherFillsNew_theOldFillIsVoid() throws Throwable {
        TestJvm slow = slowJvm();
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = slow.start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        source().commit();
        assertThat(b().read(key(), source().loader()))
                .as("waited for the lease's end")
                .isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(slow, Operation.FILL, 1);
        assertFresh("v2");
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void race09_leaseExpiresAndNobodyElseCame_theFillIsVoid() throws Throwable {
        TestJvm slow = slowJvm();
        Gate loaded = new Gate("row read");
        Call<@Nullable String> old = slow.start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        long over = System.nanoTime() + SHORT_LEASE.plusMillis(100).toNanos();
        await("the lease's end", () -> System.nanoTime() > over);
        source().commit();
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(slow, Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race10_holderDies_theWaiterGoesOnWhenTheLeaseEnds() throws Throwable {
        LeaseAttempt dead = answer(connect().leases().acquire(key(), 7, SHORT_LEASE, true));
        assertThat(dead).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(b().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void race11_lateFillAfterInvalidationUnderANewLeaseOfTheSameThread_isVoid() throws Throwable {
        Gate late = a().gates().holdBeforeSend(Operation.FILL);
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        late.awaitArrival();
        write(b());
        String again = a().read(key(), () -> {
            late.open();
            awaitAnswered(a(), Operation.FILL, 1);
            return source().loader().load();
        });
        assertThat(again).isEqualTo("v2");
        awaitAnswered(a(), Operation.FILL, 2);
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        assertThat(source().loads())
                .as("the fill of the new lease was not hurt")
                .isEqualTo(2);
    }

    /** A JVM whose lease ends because it is never renewed. */
    private TestJvm slowJvm() {
        CacheSettings settings =
                CacheSettings.builder().lease(SHORT_LEASE).build().orElse(TestJvm.settings());
        TestJvm jvm = jvm(settings);
        jvm.gates().stopRenewals();
        return jvm;
    }

    /** Removes the value without a write, as eviction does. */
    private void evict() {
        answer(connect().store().invalidate(List.of(key())));
    }
}
