package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.Warmed;
import io.cacheaside.policy.CacheSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How a client without annotations loads many keys before anybody asks for them. */
public abstract class ClientWarmingContract extends ClientCast {

    @Test
    void warming_loadsWhatIsMissing_inParts_fewAtATime() {
        Cache<Long, String> users = users(remembering().maxBatch(2));
        LongStream.range(10, 20).forEach(id -> rows.put(id, "user " + id));
        store(users, 10);
        store(users, 11);
        queries.clear();
        AtomicInteger loading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Gate gate = new Gate("two parts at once");
        List<Warmed> told = new CopyOnWriteArrayList<>();
        List<Long> ids = LongStream.range(10, 22).boxed().toList();
        Warmed warmed = users.warm(
                ids,
                part -> {
                    most.accumulateAndGet(loading.incrementAndGet(), Math::max);
                    if (loading.get() > 1) {
                        gate.open();
                    }
                    gate.pass();
                    Map<Long, String> found = rows(part);
                    loading.decrementAndGet();
                    return found;
                },
                2,
                told::add);
        assertThat(most).hasValue(2);
        assertThat(queries).hasSize(5).allSatisfy(part -> assertThat(part).hasSize(2));
        assertThat(told).hasSize(6).last().isEqualTo(warmed);
        assertThat(warmed.keys()).isEqualTo(12);
        assertThat(warmed.present()).isEqualTo(2);
        assertThat(warmed.loaded()).isEqualTo(8);
        assertThat(warmed.absent()).isEqualTo(2);
        assertThat(warmed.isComplete()).isTrue();
        queries.clear();
        awaitFills(12);
        assertThat(users.warm(ids, this::rows).present()).isEqualTo(12);
        assertThat(queries).isEmpty();
    }

    @Test
    void warmingWhoseLoaderThrows_goesOnWithTheOthers() {
        Cache<Long, String> users = users(CacheSettings.builder().maxBatch(1));
        IOException failure = new IOException("gone");
        Warmed warmed = users.async()
                .warm(List.of(1L, 2L, 3L), part -> {
                    if (part.contains(2L)) {
                        throw failure;
                    }
                    return rows(part);
                })
                .join();
        assertThat(warmed.loaded()).isEqualTo(2);
        assertThat(warmed.failed()).isOne();
        assertThat(warmed.failure()).isSameAs(failure);
        assertThat(warmed.isComplete()).isFalse();
    }

    @Test
    void warmingWithoutAFreeThread_isDoneByItsCaller() {
        List<Runnable> waiting = new ArrayList<>();
        Cache<Long, String> users = built(builder().asyncCalls(waiting::add))
                .cache(
                        name,
                        Long.class,
                        String.class,
                        CacheSettings.builder().maxBatch(1).build());
        assertThat(users.warm(List.of(1L, 2L, 3L), this::rows, 2, told -> {}).loaded())
                .isEqualTo(3);
        assertThat(waiting).hasSize(1);
        waiting.forEach(Runnable::run);
        assertThat(queries).hasSize(3);
    }
}
