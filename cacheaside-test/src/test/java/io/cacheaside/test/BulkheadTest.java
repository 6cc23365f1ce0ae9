package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.error.LoadRejectedException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.Ticker;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many loads run at once when nobody gives leases. */
class BulkheadTest {

    private final VersionedSource source = new VersionedSource();
    private @Nullable TestJvm open;

    private TestJvm jvm(CacheSettings settings) {
        open = new TestJvm(Slots.of(new MemorySlots(Ticker.system())), settings.orElse(TestJvm.settings()));
        return open;
    }

    private TestJvm jvmWithoutStore(CacheSettings settings) {
        TestJvm jvm = jvm(settings);
        jvm.gates().kill();
        return jvm;
    }

    private static CacheSettings.Builder two() {
        return CacheSettings.builder().maxLoads(2);
    }

    private List<Call<@Nullable String>> held(TestJvm jvm, Gate... gates) {
        return Stream.of(gates)
                .map(gate -> {
                    Call<@Nullable String> call =
                            jvm.start(TestJvm.key("held:" + gate.hashCode()), source.heldAt(gate));
                    gate.awaitArrival();
                    return call;
                })
                .toList();
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void loadBeyondTheBound_waitsUntilAnotherEnds() throws Throwable {
        TestJvm jvm = jvmWithoutStore(two().build());
        Gate one = new Gate("one");
        Gate other = new Gate("other");
        List<Call<@Nullable String>> loading = held(jvm, one, other);
        Call<@Nullable String> third = jvm.start(TestJvm.key("third"), source.loader());
        third.awaitParkedIn(ReadPath.class, "miss");
        assertThat(source.loads()).isEqualTo(2);
        one.open();
        assertThat(third.result()).isEqualTo("v1");
        other.open();
        for (Call<@Nullable String> call : loading) {
            assertThat(call.result()).isEqualTo("v1");
        }
    }

    @Test
    void loadThatFoundNoPlaceInTime_runsAllTheSame() throws Throwable {
        TestJvm jvm = jvmWithoutStore(two().waitFor(Duration.ofMillis(1)).build());
        Gate one = new Gate("one");
        Gate other = new Gate("other");
        held(jvm, one, other);
        assertThat(jvm.read(TestJvm.key("third"), source.loader())).isEqualTo("v1");
        one.open();
        other.open();
    }

    @Test
    void loadThatFoundNoPlaceInTime_isRejectedWhereThatIsAskedFor() throws Throwable {
        TestJvm jvm = jvmWithoutStore(
                two().waitFor(Duration.ofMillis(1)).rejectLoads(true).build());
        Gate one = new Gate("one");
        Gate other = new Gate("other");
        List<Call<@Nullable String>> loading = held(jvm, one, other);
        assertThatThrownBy(() -> jvm.read(TestJvm.key("third"), source.loader()))
                .isInstanceOf(LoadRejectedException.class)
                .hasMessage(
                        "Cache 'race': 2 loads without lease run already, and none ended in time. Raise max-loads or"
                                + " wait-for, or set reject-loads = false");
        one.open();
        loading.get(0).result();
        assertThat(jvm.read(TestJvm.key("third"), source.loader()))
                .as("a place is free again")
                .isEqualTo("v1");
        other.open();
    }

    @Test
    void loadInsideALoad_needsNoPlaceOfItsOwn() throws Throwable {
        TestJvm jvm = jvmWithoutStore(
                CacheSettings.builder().maxLoads(1).rejectLoads(true).build());
        assertThat(jvm.read(TestJvm.key("outer"), () -> jvm.read(TestJvm.key("inner"), source.loader())))
                .isEqualTo("v1");
    }

    @Test
    void loadUnderALease_needsNoPlace() throws Throwable {
        TestJvm jvm = jvm(CacheSettings.builder().maxLoads(1).rejectLoads(true).build());
        Gate one = new Gate("one");
        Gate other = new Gate("other");
        List<Call<@Nullable String>> loading = held(jvm, one, other);
        one.open();
        other.open();
        assertThat(loading.get(1).result()).isEqualTo("v1");
    }

    @Test
    void aThousandCallersOfOneKeyWithoutAStore_loadOneAtATime() throws Throwable {
        TestJvm jvm = jvmWithoutStore(CacheSettings.NONE);
        Gate first = new Gate("first load");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Loader loader = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            first.pass();
            String row = (String) source.loader().load();
            running.decrementAndGet();
            return row;
        };
        List<Call<@Nullable String>> callers = IntStream.range(0, 1_000)
                .mapToObj(i -> jvm.start(TestJvm.key("cold"), loader))
                .toList();
        first.awaitArrival();
        first.open();
        for (Call<@Nullable String> caller : callers) {
            assertThat(caller.result()).isEqualTo("v1");
        }
        assertThat(most).hasValue(1);
        assertThat(source.loads()).isLessThan(500);
    }
}
