package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Seal;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewalsTest {

    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final AskedLeases leases = new AskedLeases(slots.leases());
    private final Engine engine = new Engine(
            slots.store(),
            leases,
            TransactionBoundary.none(),
            CacheListener.none(),
            Seal.none(),
            null,
            Duration.ofSeconds(30),
            RefreshPolicy.DEFAULT,
            BackgroundPolicy.DEFAULT,
            UnaryOperator.identity(),
            () -> 0,
            "test");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final CachePolicy policy = policy(HOUR);
    private final ReadPath reads = engine.readPath(policy, Integer.class, new Bytes());
    private final AtomicLong nanos = new AtomicLong();
    private final Renewals byHand = new Renewals(engine, HOUR, nanos::get);

    /** Loads are as long as a lease at most. */
    private static CachePolicy policy(Duration lease) {
        return CachePolicy.of(
                "user", CacheSettings.builder().lease(lease).maxLoad(lease).build());
    }

    /** Notes who is to be prolonged, and for how long. */
    private static final class AskedLeases implements Leases {

        private final Leases memory;
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final Set<String> lost = ConcurrentHashMap.newKeySet();

        AskedLeases(Leases memory) {
            this.memory = memory;
        }

        @Override
        public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
            return memory.acquire(key, holder, lease, look);
        }

        @Override
        public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
            asked.add(key + " " + lease);
            return CompletableFuture.completedFuture(!lost.contains(key));
        }

        @Override
        public CompletableFuture<Void> release(String key, long holder) {
            return memory.release(key, holder);
        }

        @Override
        public Registration onWakeUp(String key, Runnable wake) {
            return memory.onWakeUp(key, wake);
        }

        @Override
        public Duration longestWait() {
            return memory.longestWait();
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void lease_isProlongedWhileTheMethodRunsAndNotAfterwards() throws Throwable {
        Renewals renewals = engine.renewals(policy);
        assertThat(reads.read("test:user:1", renewals::size, null)).isEqualTo(1);
        assertThat(renewals.size()).isZero();
    }

    @Test
    void loads_wakeTheTimerOnceForAll() throws Throwable {
        Object scheduled =
                reads.read("test:user:1", () -> engine.timer.getQueue().size(), null);
        assertThat(scheduled).isEqualTo(1);
        ScheduledFuture<?> beat = (ScheduledFuture<?>) engine.timer.getQueue().element();
        scheduled = reads.read("test:user:2", () -> engine.timer.getQueue().size(), null);
        assertThat(scheduled).isEqualTo(1);
        assertThat(engine.timer.getQueue().element()).isSameAs(beat);
    }

    private static List<Claim> claims(String... keys) {
        return Arrays.stream(keys).map(key -> new Claim(key, 1)).toList();
    }

    private void beatAt(Duration time) {
        nanos.set(time.toNanos());
        byHand.beat();
    }

    /** What a beat at {@code time} asks for. */
    private List<String> askedAt(Duration time) {
        leases.asked.clear();
        beatAt(time);
        return leases.asked;
    }

    @Test
    void lease_isProlongedByItselfEachThirdOfIt() {
        byHand.start(claims("a"), Duration.ofDays(1));
        assertThat(askedAt(Duration.ofMinutes(19))).isEmpty();
        assertThat(askedAt(Duration.ofMinutes(21))).containsExactly("a PT1H");
        assertThat(askedAt(Duration.ofMinutes(40))).isEmpty();
        assertThat(askedAt(Duration.ofMinutes(41))).containsExactly("a PT1H");
    }

    @Test
    void loadThatIsLongerThanItsBound_isNotProlongedBeyondIt() {
        byHand.start(claims("a"), Duration.ofMinutes(59));
        assertThat(askedAt(Duration.ofMinutes(20))).hasSize(1);
        assertThat(askedAt(Duration.ofMinutes(40))).isEmpty();
        assertThat(byHand.size()).isZero();
    }

    @Test
    void leaseThatWasLost_isNotAskedForAgain_andTheOthersAre() {
        byHand.start(claims("a", "lost"), Duration.ofDays(1));
        byHand.start(claims("lost too"), Duration.ofDays(1));
        leases.lost.addAll(List.of("lost", "lost too"));
        assertThat(askedAt(Duration.ofMinutes(20))).hasSize(3);
        assertThat(askedAt(Duration.ofMinutes(40))).containsExactly("a PT1H");
        assertThat(byHand.size()).isEqualTo(1);
    }

    @Test
    void beat_endsOneBeatAfterTheLastLoad() {
        byHand.start(claims("a"), Duration.ofDays(1)).close();
        assertThat(goesOn()).as("where loads follow each other").isTrue();
        assertThat(goesOn()).isFalse();
        byHand.start(claims("a"), Duration.ofDays(1));
        assertThat(goesOn()).isTrue();
        assertThat(goesOn()).as("where one lasts").isTrue();
    }

    private boolean goesOn() {
        engine.timer.getQueue().clear();
        byHand.beat();
        return !engine.timer.getQueue().isEmpty();
    }

    @Test
    void lifetimes_haveBeatsOfTheirOwn() {
        assertThat(engine.renewals(policy(SHORT)))
                .isNotSameAs(engine.renewals(policy))
                .isSameAs(engine.renewals(policy(SHORT)));
    }

    @Test
    void leasesOfABatch_areProlongedTogether() throws Throwable {
        Renewals renewals = engine.renewals(policy);
        assertThat(reads.readAll(List.of("test:user:1", "test:user:2"), at -> new Object[] {renewals.size(), 5}))
                .containsExactly(1, 5);
        assertThat(renewals.size()).isZero();
    }

    /** Each of them lasts until its lease is prolonged no more. */
    @Test
    void boundOfThePolicy_isThatOfLoadsBatchesAndWrites() throws Throwable {
        CachePolicy bounded = policy(SHORT);
        ReadPath path = engine.readPath(bounded, Integer.class, new Bytes());
        assertThat(path.read("test:user:1", () -> awaitNone(bounded), null)).isEqualTo(0);
        assertThat(path.readAll(List.of("test:user:2"), at -> new Object[] {awaitNone(bounded)}))
                .containsExactly(0);
        assertThat(WriteLease.take(engine, bounded, "test:user:3")).isNotNull();
        assertThat(awaitNone(bounded)).isZero();
    }

    private int awaitNone(CachePolicy bounded) {
        long begin = System.nanoTime();
        while (engine.renewals(bounded).size() > 0
                && System.nanoTime() - begin < Duration.ofSeconds(10).toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
        return engine.renewals(bounded).size();
    }

    /** Small numbers as a byte. */
    private static final class Bytes implements ValueFormat {

        @Override
        public long fingerprint() {
            return 1;
        }

        @Override
        public byte[] encode(Object value) {
            return new byte[] {((Integer) value).byteValue()};
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            return (int) bytes[offset];
        }
    }
}
