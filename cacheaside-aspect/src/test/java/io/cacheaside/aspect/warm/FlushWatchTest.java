package io.cacheaside.aspect.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.WarmMark;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A store that has lost what was warmed is warmed again. */
class FlushWatchTest extends WarmedShop {

    private final AtomicBoolean mark = new AtomicBoolean();
    private final Semaphore marked = new Semaphore(0);
    private final FlushWatch watch = new FlushWatch(new Marks(), Duration.ofHours(1));

    private final class Marks implements WarmMark {

        @Override
        public CompletableFuture<Void> set() {
            mark.set(true);
            marked.release();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Boolean> isSet() {
            return CompletableFuture.completedFuture(mark.get());
        }
    }

    @Test
    void emptiedStore_isWarmedAgain() throws Exception {
        try (CacheWarmer warmer = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 3)))
                .flushWatch(watch)
                .build()) {
            warmer.watch();
            warmer.warm();
            assertThat(marked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            watch.masterChanged();

            slots.store().removeAll("shop:").join();
            mark.set(false);
            watch.masterChanged();
            assertThat(marked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rows.reads()).isEqualTo(6);
    }

    @Test
    void storeThatWasNeverWarmed_isMarked_andNotWarmed() {
        assertThat(watch.isEmptied()).isFalse();
        assertThat(mark).isTrue();
        mark.set(false);
        assertThat(watch.isEmptied()).isTrue();
        watch.close();
    }
}
