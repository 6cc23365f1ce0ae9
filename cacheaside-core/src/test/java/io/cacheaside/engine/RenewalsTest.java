package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Seal;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewalsTest {

    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final Engine engine = new Engine(
            slots.store(),
            slots.leases(),
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

    private final CachePolicy policy = CachePolicy.of(
            "user",
            CacheSettings.builder()
                    .lease(Duration.ofHours(1))
                    .maxLoad(Duration.ofHours(1))
                    .build());
    private final ReadPath reads = engine.readPath(policy, Integer.class, new Bytes());

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
