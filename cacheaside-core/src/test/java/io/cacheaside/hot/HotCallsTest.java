package io.cacheaside.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.memory.MemoryHotCallLog;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.HotCallLog;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class HotCallsTest {

    private final MemoryHotCallLog log = new MemoryHotCallLog();
    private final List<String> skipped = new ArrayList<>();
    private final CacheListener listener = new CacheListener() {
        @Override
        public void hotCallSkipped(String cache) {
            skipped.add(cache);
        }
    };
    private LocalDate today = LocalDate.of(2026, 11, 20);
    private int drawn;

    private HotCalls calls(HotCallPolicy policy) {
        return new HotCalls(policy, log, listener, bound -> drawn++ % bound, () -> today);
    }

    private static HotMethod method(HotCalls calls, Class<?>... parameters) {
        HotMethod method = calls.method("user", "Users.find", List.of(parameters));
        assertThat(method).isNotNull();
        return method;
    }

    @Test
    void hottestCalls_comeFirst_withTheirArguments() throws Exception {
        HotCalls calls = calls(HotCallPolicy.of("user").withSample(1));
        HotMethod find = method(calls, long.class, String.class);
        for (int i = 0; i < 3; i++) {
            find.seen(new Object[] {7L, null});
        }
        find.seen(new Object[] {8L, "a\tb"});
        calls.flush();

        assertThat(calls.hottest("user")).containsExactly("Users.find\t7\t\\N", "Users.find\t8\ta\\tb");
    }

    @Test
    void oneReadOfSoMany_isLookedAt_andCountsForThemAll() throws Exception {
        List<Map<String, Long>> added = new ArrayList<>();
        HotCallLog counting = new HotCallLog() {
            @Override
            public CompletableFuture<Void> add(
                    String cache, LocalDate day, Map<String, Long> reads, int most, Duration keep) {
                added.add(reads);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<List<String>> hottest(String cache, Collection<LocalDate> days, int most) {
                return CompletableFuture.completedFuture(List.of());
            }
        };
        HotCalls calls = new HotCalls(
                HotCallPolicy.of("user").withSample(10), counting, listener, bound -> drawn++ % bound, () -> today);
        HotMethod find = method(calls, long.class);
        for (int i = 0; i < 100; i++) {
            find.seen(new Object[] {7L});
        }
        calls.close();
        calls.close();

        assertThat(added).containsExactly(Map.of("Users.find\t7", 100L));
    }

    @Test
    void daysAreSummed_andOldOnesForgotten() throws Exception {
        HotCalls calls = calls(new HotCallPolicy(Set.of("user"), 1, 10, 2, Duration.ofMinutes(1)));
        HotMethod find = method(calls, long.class);
        for (long id : new long[] {1, 1, 1, 1, 1}) {
            find.seen(new Object[] {id});
        }
        calls.flush();
        for (int day = 0; day < 2; day++) {
            today = today.plusDays(1);
            find.seen(new Object[] {2L});
            find.seen(new Object[] {2L});
            find.seen(new Object[] {3L});
            calls.flush();
        }

        assertThat(calls.hottest("user")).containsExactly("Users.find\t2", "Users.find\t3");
    }

    @Test
    void argumentWithoutText_orALongOne_isSkipped_andCounted() throws Exception {
        HotCalls calls = calls(HotCallPolicy.of("user").withSample(1));
        method(calls, Object.class).seen(new Object[] {new Object()});
        method(calls, String.class).seen(new Object[] {"x".repeat(600)});
        method(calls, String.class).seen(new Object[] {"x"});
        calls.flush();

        assertThat(skipped).containsExactly("user", "user");
        assertThat(calls.hottest("user")).containsExactly("Users.find\tx");
    }

    @Test
    void otherCaches_areNotRecorded() {
        assertThat(calls(HotCallPolicy.of("user")).method("page", "Pages.find", List.of()))
                .isNull();
    }

    @Test
    void callsOfAWarmer_areNotRecorded() throws Exception {
        HotCalls calls = calls(HotCallPolicy.of("user").withSample(1));
        HotMethod find = method(calls, long.class);
        Thread warmer = new WarmThread(() -> find.seen(new Object[] {7L}), "warmer", new Semaphore(1));
        warmer.start();
        warmer.join();
        calls.flush();

        assertThat(calls.hottest("user")).isEmpty();
    }

    @Test
    void sizeBoundsWhatIsKept() throws Exception {
        HotCalls calls = calls(HotCallPolicy.of("user").withSample(1).withSize(5));
        HotMethod find = method(calls, long.class);
        for (int flush = 0; flush < 10; flush++) {
            for (long id = 0; id < 100; id++) {
                find.seen(new Object[] {1_000L * flush + id});
            }
            calls.flush();
        }

        assertThat(calls.hottest("user")).hasSize(5);
        assertThat(log.hottest("user", List.of(today), 1_000).join()).hasSize(10);
    }

    @Test
    void valuesOutOfRange_areRefusedTogether() {
        assertThatThrownBy(() -> new HotCallPolicy(Set.of("user"), 0, 100_001, 61, Duration.ofMillis(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "hot-keys.sample = 0 is not in [1, 1000000]",
                        "hot-keys.size = 100001 is not in",
                        "hot-keys.days = 61 is not in",
                        "hot-keys.flush-interval = 1ms is not in");
    }
}
