package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Loads in the background before an entry's end, and their races with each other and with writers. The window begins a
 * moment after a fill, so that a hit in it needs no waiting.
 */
public abstract class EarlyRefreshContract extends Races {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final CacheSettings EARLY = CacheSettings.builder()
            .ttl(TTL)
            .refreshAhead(new RefreshWindow(0, TTL.minusMillis(1)))
            .build()
            .orElse(TestJvm.settings());

    private @Nullable TestJvm jvm;

    private TestJvm jvm() {
        return Objects.requireNonNull(jvm);
    }

    @BeforeEach
    void storeAValueThatIsInTheWindow() throws Throwable {
        jvm = jvm(EARLY);
        assertThat(jvm().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(jvm(), Operation.FILL, 1);
        awaitWindow();
    }

    private static void awaitWindow() {
        long filled = System.currentTimeMillis();
        await("the window has begun", () -> System.currentTimeMillis() > filled + 1);
    }

    /** A hit that begins a refresh. */
    private void hit(TestJvm reader, Loader loader) throws Throwable {
        assertThat(reader.read(key(), loader)).isEqualTo("v1");
    }

    private static void awaitRefresh(TestJvm reader, RefreshState state) {
        await("a refresh is " + state, () -> reader.refreshes(state) > 0);
    }

    @Test
    void hitInTheWindow_isAnsweredAtOnceAndReplacesTheValueInTheBackground() throws Throwable {
        source().commit();
        Gate loading = new Gate("loading");
        hit(jvm(), source().heldAt(loading));
        loading.awaitArrival();
        hit(jvm(), source().loader());
        loading.open();
        awaitRefresh(jvm(), RefreshState.STORED);
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        assertThat(source().loads()).isEqualTo(2);
        assertThat(jvm().refreshes(RefreshState.STARTED)).isEqualTo(1);
    }

    @Test
    void hitBeforeTheWindow_loadsNothing() throws Throwable {
        TestJvm later = jvm(CacheSettings.builder()
                .refreshAhead(RefreshWindow.of("1%"))
                .build()
                .orElse(EARLY));
        hit(later, source().loader());
        assertThat(later.gates().answered(Operation.GET)).isEqualTo(1);
        later.close(); // whatever was begun has ended
        assertThat(later.gates().answered(Operation.ACQUIRE)).isZero();
    }

    @Test
    void hitsWhileARefreshRuns_beginNoOther() throws Throwable {
        Gate loading = new Gate("loading");
        hit(jvm(), source().heldAt(loading));
        loading.awaitArrival();
        AtomicInteger begun = new AtomicInteger();
        Loader counted = new Loader() {
            @Override
            public @Nullable Object load() throws Throwable {
                return source().loader().load();
            }

            @Override
            public Loader detached() {
                begun.incrementAndGet();
                return this;
            }
        };
        for (int i = 0; i < 20; i++) {
            hit(jvm(), counted);
        }
        loading.open();
        awaitRefresh(jvm(), RefreshState.STORED);
        assertThat(begun).hasValue(0);
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void otherJvmThatFindsTheLeaseTaken_doesNothing() throws Throwable {
        TestJvm other = jvm(EARLY);
        Gate loading = new Gate("loading");
        hit(jvm(), source().heldAt(loading));
        loading.awaitArrival();
        hit(other, source().loader());
        awaitAnswered(other, Operation.ACQUIRE, 1);
        loading.open();
        awaitRefresh(jvm(), RefreshState.STORED);
        other.close();
        assertThat(other.refreshes(RefreshState.STARTED)).isZero();
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void otherJvmThatComesLate_findsTheValueReplacedAndGivesTheLeaseBack() throws Throwable {
        TestJvm other = jvm(EARLY);
        Gate late = other.gates().holdBeforeSend(Operation.ACQUIRE);
        hit(other, source().loader());
        late.awaitArrival();
        hit(jvm(), source().loader());
        awaitRefresh(jvm(), RefreshState.STORED);
        late.open();
        awaitAnswered(other, Operation.RELEASE, 1);
        assertThat(other.refreshes(RefreshState.STARTED)).isZero();
        assertThat(source().loads()).isEqualTo(2);
        assertThat(stored()).isNotNull();
    }

    @Test
    void invalidationBeforeTheLease_leavesNothingToRefresh() throws Throwable {
        Gate acquire = jvm().gates().holdBeforeSend(Operation.ACQUIRE);
        hit(jvm(), source().loader());
        acquire.awaitArrival();
        write(a());
        acquire.open();
        awaitAnswered(jvm(), Operation.RELEASE, 1);
        assertThat(source().loads()).isEqualTo(1);
        assertFresh("v2");
    }

    @Test
    void invalidationDuringTheLoad_voidsTheRefresh() throws Throwable {
        Gate loaded = new Gate("old row read");
        hit(jvm(), source().heldAt(loaded));
        loaded.awaitArrival();
        write(a());
        loaded.open();
        awaitRefresh(jvm(), RefreshState.VOIDED);
        assertThat(stored()).isNull();
        assertFresh("v2");
    }

    @Test
    void invalidationBeforeTheFill_voidsTheRefreshAndSparesTheNewValue() throws Throwable {
        Gate fill = jvm().gates().holdBeforeSend(Operation.FILL);
        hit(jvm(), source().loader());
        fill.awaitArrival();
        write(a());
        assertFresh("v2");
        fill.open();
        awaitRefresh(jvm(), RefreshState.VOIDED);
        assertFresh("v2");
    }

    @Test
    void readerAfterAnInvalidation_doesNotTakeTheRefreshOfTheOldRow() throws Throwable {
        Gate loaded = new Gate("old row read");
        hit(jvm(), source().heldAt(loaded));
        loaded.awaitArrival();
        write(jvm());
        Call<@Nullable String> reader = jvm().start(key(), source().loader());
        reader.awaitParkedIn(ReadPath.class, "join");
        loaded.open();
        assertThat(reader.result()).isEqualTo("v2");
    }

    @Test
    void readerThatMissesDuringARefresh_sharesItsLoad() throws Throwable {
        Gate acquired = jvm().gates().holdReply(Operation.ACQUIRE);
        hit(jvm(), source().loader());
        acquired.awaitArrival();
        Gate get = jvm().gates().holdReply(Operation.GET);
        acquired.open();
        get.awaitArrival();
        answer(connect().store().invalidate(List.of(key())));
        Call<@Nullable String> reader = jvm().start(key(), source().loader());
        reader.awaitParkedIn(ReadPath.class, "join");
        get.open();
        assertThat(reader.result()).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void keyWithAMark_isNotRefreshed() throws Throwable {
        Gate acquire = jvm().gates().holdBeforeSend(Operation.ACQUIRE);
        hit(jvm(), source().loader());
        acquire.awaitArrival();
        Gate writing = new Gate("marked");
        Call<Void> writer = a().startWrite(key(), new InvalidationPolicy(true, Duration.ZERO, false), () -> {
            writing.pass();
            return null;
        });
        writing.awaitArrival();
        acquire.open();
        awaitAnswered(jvm(), Operation.ACQUIRE, 2);
        jvm().close();
        writing.open();
        writer.result();
        assertThat(jvm().refreshes(RefreshState.STARTED)).isZero();
    }

    @Test
    void sourceWithoutTheRow_removesTheValue() throws Throwable {
        hit(jvm(), () -> null);
        awaitRefresh(jvm(), RefreshState.REMOVED);
        assertThat(stored()).isNull();
        awaitFreeLease();
    }

    @Test
    void resultThatMayNotBeStored_removesTheValue() throws Throwable {
        assertThat(jvm().read(key(), source().loader(), value -> false)).isEqualTo("v1");
        awaitRefresh(jvm(), RefreshState.REMOVED);
        assertThat(stored()).isNull();
        awaitFreeLease();
    }

    @Test
    void loadThatThrows_leavesTheValue() throws Throwable {
        hit(jvm(), () -> {
            throw new IllegalStateException("the database is down");
        });
        awaitRefresh(jvm(), RefreshState.FAILED);
        assertThat(stored()).isNotNull();
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitFreeLease();
    }

    @Test
    void refreshedValue_isRefreshedAgain() throws Throwable {
        hit(jvm(), source().loader());
        awaitRefresh(jvm(), RefreshState.STORED);
        awaitWindow();
        hit(jvm(), source().loader());
        await("two refreshes", () -> jvm().refreshes(RefreshState.STORED) == 2);
        assertThat(source().loads()).isEqualTo(3);
    }
}
