package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.Loader;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a load in the background is to its caller, to the client that closes, and beside the cache's other lifetimes. */
class EarlyRefreshTest {

    private static final String KEY = TestJvm.key("k");
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final CacheSettings EARLY = CacheSettings.builder()
            .refreshAhead(new RefreshWindow(0, TTL.minusMillis(1)))
            .ttl(TTL)
            .build();

    private final MemorySlots memory = new MemorySlots(Ticker.system());
    private final ManualTransactions transactions = new ManualTransactions();
    private final VersionedSource source = new VersionedSource();
    private @Nullable TestJvm jvm;

    private TestJvm start(CacheSettings settings) {
        jvm = new TestJvm(Slots.of(memory), settings.orElse(TestJvm.settings()), CacheListener.none(), transactions);
        return jvm;
    }

    @AfterEach
    void close() {
        if (jvm != null) {
            jvm.close();
        }
    }

    private static void awaitNextMilli() {
        long began = System.currentTimeMillis();
        await("the window has begun", () -> System.currentTimeMillis() > began + 1);
    }

    @Test
    void load_isInNoTransactionOfItsCaller() throws Throwable {
        TestJvm early = start(EARLY);
        early.read(KEY, source.loader());
        awaitNextMilli();
        CompletableFuture<Boolean> inTransaction = new CompletableFuture<>();
        transactions.begin();
        assertThat(early.read(KEY, () -> {
                    inTransaction.complete(transactions.current() != null);
                    return "v2";
                }))
                .isEqualTo("v1");
        assertThat(inTransaction.get(10, TimeUnit.SECONDS)).isFalse();
        transactions.complete(Completion.COMMITTED);
    }

    @Test
    void detachedLoader_isTheOneThatLoads() throws Throwable {
        TestJvm early = start(EARLY);
        early.read(KEY, source.loader());
        awaitNextMilli();
        early.read(KEY, new Loader() {
            @Override
            public Object load() {
                throw new AssertionError("the call's own");
            }

            @Override
            public Loader detached() {
                return source.loader();
            }
        });
        await("a refresh", () -> early.refreshes(RefreshState.STORED) == 1);
    }

    @Test
    void loaderThatCannotBeDetached_leavesTheReaderItsHit() throws Throwable {
        TestJvm early = start(EARLY);
        early.read(KEY, source.loader());
        awaitNextMilli();
        assertThat(early.read(KEY, new Loader() {
                    @Override
                    public Object load() {
                        return "v2";
                    }

                    @Override
                    public Loader detached() {
                        throw new IllegalStateException("not this one");
                    }
                }))
                .isEqualTo("v1");
        assertThat(early.refreshes(RefreshState.REJECTED)).isEqualTo(1);
    }

    @Test
    void clientThatCloses_letsALoadInTheBackgroundEnd() throws Throwable {
        TestJvm early = start(EARLY);
        early.read(KEY, source.loader());
        awaitNextMilli();
        Gate loading = new Gate("loading");
        early.read(KEY, source.heldAt(loading));
        loading.awaitArrival();
        Call<Void> closing = TestJvm.start(() -> {
            early.close();
            return null;
        });
        closing.awaitParkedIn(ThreadPoolExecutor.class, "awaitTermination");
        loading.open();
        closing.result();
        assertThat(early.refreshes(RefreshState.STORED) + early.refreshes(RefreshState.FAILED))
                .isEqualTo(1);
        early.read(KEY, source.loader());
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void valueWhoseLoadHasFailed_isNotRefreshedDuringThePauseOfStaleIfError() throws Throwable {
        TestJvm early = start(CacheSettings.builder()
                .ttl(Duration.ofMillis(100))
                .staleFor(Duration.ofHours(1))
                .refreshAhead(RefreshWindow.of("99%"))
                .build());
        early.read(KEY, source.loader());
        long filled = System.currentTimeMillis();
        await("the lifetime is over", () -> System.currentTimeMillis() > filled + 100);
        early.read(KEY, () -> {
            throw new IllegalStateException("the database is down");
        });
        Races.awaitAnswered(early, Operation.FILL, 2);
        for (int i = 0; i < 50; i++) {
            assertThat(early.read(KEY, source.loader())).isEqualTo("v1");
        }
        early.close();
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void valueThatDoesNotTellItsEnd_isNotRefreshed() throws Throwable {
        try (TestJvm plain = start(CacheSettings.ttl(TTL))) {
            plain.read(KEY, source.loader());
        }
        awaitNextMilli();
        TestJvm early = start(EARLY);
        early.read(KEY, source.loader());
        early.close();
        assertThat(early.gates().answered(Operation.ACQUIRE)).isZero();
    }

    @Test
    void earlyExpiration_isByTheCostOfTheLoad() throws Throwable {
        TestJvm early = start(CacheSettings.builder()
                .ttl(Duration.ofSeconds(5))
                .earlyExpiration(100.0)
                .build());
        Loader dear = () -> {
            LockSupport.parkNanos(50_000_000); // what the load costs
            return source.loader().load();
        };
        early.read(KEY, dear);
        await("a refresh", () -> {
            try {
                early.read(KEY, dear);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return early.refreshes(RefreshState.STORED) > 0;
        });
        int loads = source.loads();
        String cheap = TestJvm.key("cheap");
        early.read(cheap, source.loader());
        for (int i = 0; i < 1_000; i++) {
            early.read(cheap, source.loader());
        }
        early.close();
        assertThat(source.loads()).isLessThanOrEqualTo(loads + 2);
    }
}
