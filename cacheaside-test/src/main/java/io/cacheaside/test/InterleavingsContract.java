package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The races of the protocol, each forced by gates. Two JVMs share the slots; a source holds one versioned row. In each
 * race a read that began after a write had returned must see that write, and at rest the slot is empty or equal to the
 * source.
 */
public abstract class InterleavingsContract {

    private static final Duration SHORT_LEASE = Duration.ofMillis(200);

    private final List<TestJvm> jvms = new ArrayList<>();
    private final VersionedSource source = new VersionedSource();
    private final String key = TestJvm.key(UUID.randomUUID().toString());

    /** One more JVM's view of the slots that all views share. */
    protected abstract Slots connect();

    private @Nullable TestJvm first;
    private @Nullable TestJvm second;

    @BeforeEach
    void startTwoJvms() {
        first = jvm(TestJvm.settings());
        second = jvm(TestJvm.settings());
    }

    @AfterEach
    void stop() {
        jvms.forEach(TestJvm::close);
    }

    @Test
    void race01_invalidationDuringLoadOfAnEvictedValue_voidsTheFill() throws Throwable {
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        evict();
        loadOldThenInvalidateThenFill();
    }

    @Test
    void race02_invalidationDuringFirstLoad_voidsTheFill() throws Throwable {
        loadOldThenInvalidateThenFill();
    }

    private void loadOldThenInvalidateThenFill() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> reader = a().start(key, source.heldAt(loaded));
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
        Call<@Nullable String> leader = a().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        write(a());
        Call<@Nullable String> joiner = a().start(key, source.loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        loaded.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void race03_joinerBeforeTheLoad_sharesIt() throws Throwable {
        Gate acquired = a().gates().holdReply(Operation.ACQUIRE);
        Call<@Nullable String> leader = a().start(key, source.loader());
        acquired.awaitArrival();
        Call<@Nullable String> joiner = a().start(key, source.loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        acquired.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void race03_joinerDuringTheLoad_sharesItOnceFillHasStoredIt() throws Throwable {
        Gate loaded = new Gate("row read");
        Call<@Nullable String> leader = a().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        Call<@Nullable String> joiner = a().start(key, source.loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        loaded.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void race04_readerInAnotherJvmAfterInvalidation_loadsAnewAndKeepsItsFill() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = a().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        write(a());
        assertThat(b().read(key, source.loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertThat(b().read(key, source.loader())).isEqualTo("v2");
        assertThat(source.loads()).as("the new value stayed stored").isEqualTo(2);
    }

    @Test
    void race05_invalidationBetweenFillAndItsReply_newReaderDoesNotJoin() throws Throwable {
        Gate filled = a().gates().holdReply(Operation.FILL);
        Call<@Nullable String> leader = a().start(key, source.loader());
        filled.awaitArrival();
        assertThat(leader.result()).as("the leader does not wait for FILL").isEqualTo("v1");
        write(b());
        assertThat(a().start(key, source.loader()).result()).isEqualTo("v2");
        filled.open();
        assertFresh("v2");
    }

    @Test
    void race06_joinerAfterTheAcquireThatFoundTheOldValue_doesNotTakeIt() throws Throwable {
        Gate found = a().gates().holdReply(Operation.ACQUIRE);
        Call<@Nullable String> leader = startAfterOtherJvmFilled(found);
        write(b());
        Call<@Nullable String> joiner = a().start(key, source.loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        found.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    /** A read that missed with GET, and whose ACQUIRE then finds what the other JVM has stored in between. */
    private Call<@Nullable String> startAfterOtherJvmFilled(Gate found) throws Throwable {
        Gate missed = a().gates().holdReply(Operation.GET);
        Call<@Nullable String> leader = a().start(key, source.loader());
        missed.awaitArrival();
        assertThat(b().read(key, source.loader())).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        missed.open();
        found.awaitArrival();
        return leader;
    }

    @Test
    void race07_invalidationsInTheReverseOrderOfTheCommits_leaveTheNewestOrNothing() throws Throwable {
        Gate firstHeld = a().gates().holdBeforeSend(Operation.INVALIDATE);
        source.commit();
        Call<@Nullable Void> firstWriter = a().startInvalidation(key);
        firstHeld.awaitArrival();
        write(b());
        assertThat(b().read(key, source.loader())).isEqualTo("v3");
        awaitAnswered(b(), Operation.FILL, 1);
        firstHeld.open();
        firstWriter.result();
        assertFresh("v3");
    }

    @Test
    void race08_leaseExpiresAndAnotherFillsNew_theOldFillIsVoid() throws Throwable {
        TestJvm slow = slowJvm();
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = slow.start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        source.commit();
        assertThat(b().read(key, source.loader()))
                .as("waited for the lease's end")
                .isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(slow, Operation.FILL, 1);
        assertFresh("v2");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void race09_leaseExpiresAndNobodyElseCame_theFillIsVoid() throws Throwable {
        TestJvm slow = slowJvm();
        Gate loaded = new Gate("row read");
        Call<@Nullable String> old = slow.start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        long over = System.nanoTime() + SHORT_LEASE.plusMillis(100).toNanos();
        await("the lease's end", () -> System.nanoTime() > over);
        source.commit();
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(slow, Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race10_holderDies_theWaiterGoesOnWhenTheLeaseEnds() throws Throwable {
        LeaseAttempt dead = answer(connect().leases().acquire(key, 7, SHORT_LEASE, true));
        assertThat(dead).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(b().read(key, source.loader())).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void race11_lateFillAfterInvalidationUnderANewLeaseOfTheSameThread_isVoid() throws Throwable {
        Gate late = a().gates().holdBeforeSend(Operation.FILL);
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        late.awaitArrival();
        write(b());
        String again = a().read(key, () -> {
            late.open();
            awaitAnswered(a(), Operation.FILL, 1);
            return source.loader().load();
        });
        assertThat(again).isEqualTo("v2");
        awaitAnswered(a(), Operation.FILL, 2);
        assertThat(a().read(key, source.loader())).isEqualTo("v2");
        assertThat(source.loads()).as("the fill of the new lease was not hurt").isEqualTo(2);
    }

    @Test
    void race12_invalidationTimesOutAndExecutesTwiceAndLate_onlyCostsALoad() throws Throwable {
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        source.commit();
        b().gates().loseReply(Operation.INVALIDATE);
        b().invalidate(key);
        assertThat(b().read(key, source.loader())).isEqualTo("v2");
        assertThat(a().read(key, source.loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
    }

    @Test
    void unsentInvalidation_thisJvmNeverServesTheOldValueAndTheRetryEndsIt() throws Throwable {
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        source.commit();
        b().gates().loseRequest(Operation.INVALIDATE);
        Gate retry = b().gates().holdBeforeSend(Operation.INVALIDATE);
        b().invalidate(key);
        retry.awaitArrival();
        assertThat(b().read(key, source.loader())).isEqualTo("v2");
        retry.open();
        awaitAnswered(b(), Operation.INVALIDATE, 2);
        assertFresh("v2");
    }

    @Test
    void acquireSentBeforeTheReplay_servesNobodyWhoBeganAfterTheWrite() throws Throwable {
        Gate loaded = new Gate("old row read by the other JVM");
        Call<@Nullable String> other = b().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        Call<@Nullable String> early = a().start(key, source.loader());
        awaitAnswered(a(), Operation.ACQUIRE, 1);
        Gate replay = loseInvalidationAtA();
        Gate bypassing = new Gate("new row read past the store");
        Call<@Nullable String> storeless = a().start(key, source.heldAt(bypassing));
        bypassing.awaitArrival();
        Call<@Nullable String> late = a().start(key, source.loader());
        late.awaitParkedIn(ReadPath.class, "join");
        replay.awaitArrival();
        Gate found = a().gates().holdReply(Operation.ACQUIRE);
        loaded.open();
        found.awaitArrival();
        replay.open();
        awaitAnswered(a(), Operation.INVALIDATE, 2);
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
        source.commit();
        a().gates().loseRequest(Operation.INVALIDATE);
        Gate replay = a().gates().holdBeforeSend(Operation.INVALIDATE);
        a().invalidate(key);
        return replay;
    }

    // ---- the cast

    private TestJvm a() {
        return started(first);
    }

    private TestJvm b() {
        return started(second);
    }

    private static TestJvm started(@Nullable TestJvm jvm) {
        if (jvm == null) {
            throw new IllegalStateException("not started");
        }
        return jvm;
    }

    private TestJvm jvm(CacheSettings settings) {
        TestJvm jvm = new TestJvm(connect(), settings);
        jvms.add(jvm);
        return jvm;
    }

    /** A JVM whose lease ends because it is never renewed. */
    private TestJvm slowJvm() {
        CacheSettings settings =
                new CacheSettings(null, null, SHORT_LEASE, null, null, null, null).orElse(TestJvm.settings());
        TestJvm jvm = jvm(settings);
        jvm.gates().stopRenewals();
        return jvm;
    }

    /** A write: commit, then the invalidation is acknowledged. */
    private void write(TestJvm jvm) {
        source.commit();
        int answered = jvm.gates().answered(Operation.INVALIDATE);
        jvm.invalidate(key);
        assertThat(jvm.gates().answered(Operation.INVALIDATE)).isGreaterThan(answered);
    }

    /** Removes the value without a write, as eviction does. */
    private void evict() {
        answer(connect().store().invalidate(List.of(key)));
    }

    private void assertFresh(String expected) throws Throwable {
        assertThat(a().read(key, source.loader())).isEqualTo(expected);
        assertThat(b().read(key, source.loader())).isEqualTo(expected);
    }

    private static void awaitAnswered(TestJvm jvm, Operation operation, int times) {
        await(operation + " answered " + times + " times", () -> jvm.gates().answered(operation) >= times);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain waited for: " + what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
