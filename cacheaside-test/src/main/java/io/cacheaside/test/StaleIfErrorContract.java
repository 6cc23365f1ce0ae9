package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old values that answer where their load fails, and never after an invalidation. */
public abstract class StaleIfErrorContract extends Races {

    private static final CacheSettings STALE = CacheSettings.builder()
            .ttl(Duration.ofMillis(1))
            .staleFor(Duration.ofHours(1))
            .build()
            .orElse(TestJvm.settings());

    private final IllegalStateException down = new IllegalStateException("the database is down");

    private final AtomicInteger tries = new AtomicInteger();
    private @Nullable TestJvm jvm;

    private TestJvm jvm() {
        return Objects.requireNonNull(jvm);
    }

    private Loader failing() {
        return () -> {
            tries.incrementAndGet();
            throw down;
        };
    }

    private Loader failingAt(Gate gate) {
        return () -> {
            gate.pass();
            throw down;
        };
    }

    @BeforeEach
    void storeAValueThatIsPastItsLifetime() throws Throwable {
        jvm = jvm(STALE);
        assertThat(jvm().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(jvm(), Operation.FILL, 1);
        long filled = System.currentTimeMillis();
        await("the lifetime is over", () -> System.currentTimeMillis() > filled + 1);
    }

    @Test
    void valuePastItsLifetime_isLoadedAgain() throws Throwable {
        source().commit();
        assertThat(jvm().read(key(), source().loader())).isEqualTo("v2");
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void loadThatFails_isAnsweredByTheOldValue() throws Throwable {
        assertThat(jvm().read(key(), failing())).isEqualTo("v1");
        assertThat(tries).hasValue(1);
    }

    @Test
    void afterAFailure_nobodyInAnyJvmAsksTheSourceForAWhile() throws Throwable {
        TestJvm other = jvm(STALE);
        jvm().read(key(), failing());
        awaitAnswered(jvm(), Operation.FILL, 2);
        assertThat(jvm().read(key(), failing())).isEqualTo("v1");
        assertThat(other.read(key(), failing())).isEqualTo("v1");
        assertThat(tries).hasValue(1);
    }

    @Test
    void joinersOfALoadThatFails_getTheOldValueToo() throws Throwable {
        Gate loading = new Gate("loading");
        Call<@Nullable String> leader = jvm().start(key(), failingAt(loading));
        loading.awaitArrival();
        Call<@Nullable String> joiner = jvm().start(key(), failing());
        joiner.awaitParkedIn(ReadPath.class, "join");
        loading.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v1");
        assertThat(tries).hasValue(0);
    }

    @Test
    void invalidationDuringALoadThatFails_leavesNoOldValue() {
        Gate loading = new Gate("loading");
        Call<@Nullable String> reader = jvm().start(key(), failingAt(loading));
        loading.awaitArrival();
        write(a());
        loading.open();
        assertThatThrownBy(reader::result).isSameAs(down);
    }

    @Test
    void invalidationThatWasNotAcknowledged_leavesNoOldValueInItsJvm() {
        jvm().gates().loseRequest(Operation.INVALIDATE);
        Gate retries = jvm().gates().holdAllBeforeSend(Operation.INVALIDATE);
        jvm().invalidate(key());
        assertThatThrownBy(() -> jvm().read(key(), failing())).isSameAs(down);
        retries.open();
    }

    @Test
    void invalidationBeforeTheOldValueIsStoredAgain_voidsThat() throws Throwable {
        Gate fill = jvm().gates().holdBeforeSend(Operation.FILL);
        assertThat(jvm().read(key(), failing())).isEqualTo("v1");
        fill.awaitArrival();
        write(a());
        fill.open();
        awaitAnswered(jvm(), Operation.FILL, 2);
        assertFresh("v2");
        assertThat(jvm().read(key(), source().loader())).isEqualTo("v2");
    }

    @Test
    void errorOfTheVirtualMachine_reachesTheCaller() {
        Error error = new LinkageError("not a failure of the source");
        assertThatThrownBy(() -> jvm().read(key(), () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void cacheThatAllowsNoOldValues_takesNoneOfOthersEither() {
        assertThatThrownBy(() -> a().read(key(), failing())).isSameAs(down);
    }
}
