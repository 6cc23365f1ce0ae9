package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller of the engine can rely on, beside freshness, outside transactions. One JVM, in-memory slots on a stepping ticker. */
class EngineTest {

    private static final String KEY = TestJvm.key("k");

    private final StepTicker ticker = new StepTicker();
    private final MemorySlots memory = new MemorySlots(ticker);
    private final CountingListener events = new CountingListener();
    private final VersionedSource source = new VersionedSource();
    private TestJvm jvm = jvm(TestJvm.settings());

    private TestJvm jvm(CacheSettings settings) {
        return new TestJvm(Slots.of(memory), settings, events, TransactionBoundary.none());
    }

    private void settings(CacheSettings settings) {
        jvm.close();
        jvm = jvm(settings.orElse(TestJvm.settings()));
    }

    private static CacheSettings nullTtl(Duration nullTtl) {
        return CacheSettings.builder().nullTtl(nullTtl).build();
    }

    @AfterEach
    void close() {
        jvm.close();
    }

    @Test
    void secondRead_isAHit() throws Throwable {
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
        assertThat(events.count("hit")).isEqualTo(1);
        assertThat(events.count("miss")).isEqualTo(1);
        assertThat(events.count("load")).isEqualTo(1);
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @Test
    void ttlOver_loadsAgain() throws Throwable {
        jvm.read(KEY, source.loader());
        ticker.step(Duration.ofMinutes(5).minusMillis(1));
        jvm.read(KEY, source.loader());
        assertThat(source.loads()).isEqualTo(1);
        ticker.step(Duration.ofMillis(1));
        jvm.read(KEY, source.loader());
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void jitter_onlyShortensTheTtl() throws Throwable {
        settings(
                CacheSettings.builder().ttl(Duration.ofSeconds(100)).jitter(0.1).build());
        int living = 0;
        for (int i = 0; i < 200; i++) {
            jvm.read(TestJvm.key("j" + i), source.loader());
        }
        ticker.step(Duration.ofSeconds(90).minusMillis(1));
        for (int i = 0; i < 200; i++) {
            assertThat(memory.store().get(TestJvm.key("j" + i)).join()).isNotNull();
        }
        ticker.step(Duration.ofSeconds(5));
        for (int i = 0; i < 200; i++) {
            living += memory.store().get(TestJvm.key("j" + i)).join() == null ? 0 : 1;
        }
        assertThat(living).isBetween(40, 160);
        ticker.step(Duration.ofSeconds(5).plusMillis(1));
        for (int i = 0; i < 200; i++) {
            assertThat(memory.store().get(TestJvm.key("j" + i)).join()).isNull();
        }
    }

    @Test
    void absentResult_isNotStoredByDefault() throws Throwable {
        assertThat(jvm.read(KEY, () -> null)).isNull();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(jvm.gates().answered(Operation.RELEASE)).isEqualTo(1);
    }

    @Test
    void absentResult_isRememberedForNullTtl() throws Throwable {
        settings(nullTtl(Duration.ofSeconds(30)));
        assertThat(jvm.read(KEY, () -> null)).isNull();
        assertThat(jvm.read(KEY, source.loader())).isNull();
        assertThat(events.count("hit")).isEqualTo(1);
        ticker.step(Duration.ofSeconds(30));
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
    }

    @Test
    void failedLoad_reachesTheCallerUntouchedAndStoresNothing() throws Throwable {
        IOException failure = new IOException("down");
        Loader broken = () -> {
            throw failure;
        };
        assertThatThrownBy(() -> jvm.read(KEY, broken)).isSameAs(failure);
        assertThat(events.count("load failed")).isEqualTo(1);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
    }

    @Test
    void failedLoad_isSharedOnlyWithJoinersFromBeforeIt() throws Throwable {
        Gate acquired = jvm.gates().holdReply(Operation.ACQUIRE);
        Gate loading = new Gate("loading");
        IOException failure = new IOException("down");
        Loader broken = () -> {
            loading.pass();
            throw failure;
        };
        Call<@Nullable String> leader = jvm.start(KEY, broken);
        acquired.awaitArrival();
        Call<@Nullable String> early = jvm.start(KEY, source.loader());
        early.awaitParkedIn(ReadPath.class, "join");
        acquired.open();
        loading.awaitArrival();
        Call<@Nullable String> late = jvm.start(KEY, source.loader());
        late.awaitParkedIn(ReadPath.class, "join");
        loading.open();
        assertThatThrownBy(leader::result).isSameAs(failure);
        assertThatThrownBy(early::result).isSameAs(failure);
        assertThat(late.result()).isEqualTo("v1");
    }

    /** The calls of one flight, whose load has ended: the leader's, then those of so many joiners. */
    private List<Call<@Nullable String>> flight(int joiners) throws Throwable {
        List<Call<@Nullable String>> calls = new ArrayList<>();
        Gate loading = new Gate("loading");
        calls.add(jvm.start(KEY, source.heldAt(loading)));
        loading.awaitArrival();
        for (int i = 0; i < joiners; i++) {
            Call<@Nullable String> joiner = jvm.start(KEY, source.loader());
            joiner.awaitParkedIn(ReadPath.class, "join");
            calls.add(joiner);
        }
        loading.open();
        return calls;
    }

    @Test
    void everyJoinerAndEveryHit_hasAValueOfItsOwn() throws Throwable {
        Set<Object> values = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Call<@Nullable String> call : flight(2)) {
            values.add(call.result());
        }
        values.add(jvm.start(KEY, source.loader()).result());
        values.add(jvm.start(KEY, source.loader()).result());
        assertThat(values).hasSize(5);
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void joinerWhoseLoaderIsNotNeeded_doesNotRunIt() throws Throwable {
        List<Call<@Nullable String>> flight = flight(1);
        String led = flight.get(0).result();
        assertThat(flight.get(1).result()).isEqualTo(led).isNotSameAs(led);
        assertThat(source.loads()).isEqualTo(1);
        assertThat(events.count("joined")).isEqualTo(1);
    }

    @Test
    void garbageUnderTheKey_isAMissAndIsReplaced() throws Throwable {
        memory.leases().acquire(KEY, 1, Duration.ofSeconds(1), true).join();
        memory.store().fill(KEY, 1, new byte[] {1, 2, 3}, Duration.ofMinutes(1)).join();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
        assertThat(events.count("unreadable")).isEqualTo(2);
    }

    @Test
    void storeThatFailsInEveryWay_costsOnlyTheCache() throws Throwable {
        jvm.gates().loseRequest(Operation.GET);
        jvm.gates().loseRequest(Operation.ACQUIRE);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("store failed")).isEqualTo(1);
        assertThat(events.count("bypass LEASE")).isEqualTo(1);
        jvm.gates().loseRequest(Operation.FILL);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("fill failed")).isEqualTo(1);
        assertThat(jvm.read(KEY, source.loader()))
                .as("the lease of the failed fill was released")
                .isEqualTo("v1");
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @Test
    void leaseWhoseReplyCameTooLate_isReleased() throws Throwable {
        settings(CacheSettings.builder().leaseTimeout(Duration.ofMillis(1)).build());
        Gate late = jvm.gates().holdReply(Operation.ACQUIRE);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("bypass LEASE")).isEqualTo(1);
        late.open();
        assertThat(jvm.gates().answered(Operation.RELEASE)).isEqualTo(1);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 60000", "60000, 300"})
    void fillWhoseReplyIsLate_isNotWaitedForByJoinersBeyondItsTimeoutNorTheirWait(long timeout, long wait)
            throws Throwable {
        settings(CacheSettings.builder()
                .fillTimeout(Duration.ofMillis(timeout))
                .waitFor(Duration.ofMillis(wait))
                .build());
        Gate late = jvm.gates().holdReply(Operation.FILL);
        Gate loading = new Gate("loading");
        Call<@Nullable String> leader = jvm.start(KEY, source.heldAt(loading));
        loading.awaitArrival();
        Call<@Nullable String> joiner = jvm.start(KEY, source.loader());
        // not parked: on a slow machine its wait may be over before anybody has seen that
        await("both misses", () -> events.count("miss") == 2);
        loading.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(events.count("joined")).isZero();
        late.open();
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @Test
    void joinersDuringTheLoad_waitForTheReplyToFill() throws Throwable {
        Gate reply = jvm.gates().holdReply(Operation.FILL);
        Gate loading = new Gate("loading");
        Call<@Nullable String> leader = jvm.start(KEY, source.heldAt(loading));
        loading.awaitArrival();
        Call<@Nullable String> joiner = jvm.start(KEY, source.loader());
        Call<List<@Nullable String>> batch = jvm.startAll(List.of(KEY), at -> new Object[] {"loaded again"});
        joiner.awaitParkedIn(ReadPath.class, "join");
        batch.awaitParkedIn(ReadPath.class.getPackage(), "BatchRound", "join");
        loading.open();
        leader.result();
        joiner.awaitParkedIn(ReadPath.class, "isAccepted");
        batch.awaitParkedIn(ReadPath.class, "isAccepted");
        reply.open();
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(batch.result()).containsExactly("v1");
        assertThat(events.count("joined")).isEqualTo(2);
    }

    @Test
    void removalWhoseReplyIsLate_isUnconfirmedAfterTheTimeoutOfItsCache() {
        settings(CacheSettings.builder().invalidateTimeout(Duration.ofMillis(1)).build());
        Gate late = jvm.gates().holdReply(Operation.INVALIDATE);
        jvm.invalidate(KEY);
        assertThat(events.count("unconfirmed")).isEqualTo(1);
        late.open();
    }

    @Test
    void waitOver_runsTheMethodWithoutFill() throws Throwable {
        settings(CacheSettings.builder().waitFor(Duration.ZERO).build());
        Gate loading = new Gate("loading");
        Call<@Nullable String> leader = jvm.start(KEY, source.heldAt(loading));
        loading.awaitArrival();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("bypass WAIT")).isEqualTo(1);
        loading.open();
        leader.result();
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @Test
    void loadThatReadsItsOwnKey_doesNotWaitForItself() throws Throwable {
        assertThat(jvm.read(KEY, () -> jvm.read(KEY, source.loader()))).isEqualTo("v1");
        assertThat(events.count("bypass CYCLE")).isEqualTo(1);
    }

    @Test
    void twoLoadsThatReadEachOther_doNotWaitForEver() throws Throwable {
        String other = TestJvm.key("other");
        Gate mine = new Gate("mine");
        Gate theirs = new Gate("theirs");
        Call<@Nullable String> one = jvm.start(KEY, () -> {
            mine.pass();
            return jvm.read(other, source.loader());
        });
        Call<@Nullable String> two = jvm.start(other, () -> {
            theirs.pass();
            return jvm.read(KEY, source.loader());
        });
        mine.awaitArrival();
        theirs.awaitArrival();
        mine.open();
        one.awaitParkedIn(ReadPath.class, "join");
        theirs.open();
        assertThat(one.result()).isEqualTo("v1");
        assertThat(two.result()).isEqualTo("v1");
        assertThat(events.count("bypass CYCLE")).isEqualTo(1);
    }

    @Test
    void leaseIsRenewed_whileTheMethodRuns() throws Throwable {
        settings(CacheSettings.builder().lease(Duration.ofMillis(30)).build());
        Gate loading = new Gate("loading");
        Call<@Nullable String> slow = jvm.start(KEY, source.heldAt(loading));
        loading.awaitArrival();
        await("two prolongations", () -> jvm.gates().answered(Operation.RENEW) >= 2);
        loading.open();
        assertThat(slow.result()).isEqualTo("v1");
    }

    @Test
    void interruptedReader_getsItsValueAndStaysInterrupted() throws Throwable {
        Gate held = jvm.gates().holdReply(Operation.GET);
        Thread.currentThread().interrupt();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(Thread.interrupted()).isTrue();
        held.open();
    }

    @Test
    void close_flushesTheJournal() throws Throwable {
        jvm.read(KEY, source.loader());
        jvm.gates().loseRequest(Operation.INVALIDATE);
        Gate retry = jvm.gates().holdBeforeSend(Operation.INVALIDATE);
        jvm.invalidate(KEY);
        retry.awaitArrival();
        assertThat(memory.store().get(KEY).join()).isNotNull();
        jvm.close();
        assertThat(memory.store().get(KEY).join()).isNull();
        assertThat(events.count("unconfirmed")).isEqualTo(1);
        assertThat(events.count("invalidated")).isEqualTo(1);
    }
}
