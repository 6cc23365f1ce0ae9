package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How {@link Leases} wake those who wait for a lease: never too few wake-ups, perhaps some without need. */
public abstract class WakeUpContract extends SlotsContract {

    private static final int PATIENCE_SECONDS = 10;

    /** Called before a test that needs wake-ups at once: returns when the adapter can deliver them. */
    protected void awaitWakeUps() {}

    @Test
    void release_wakesTheWaiter() throws InterruptedException {
        String key = key("k");
        long holder = take(key, LONG);
        try (Waiter waiter = new Waiter(key)) {
            answer(leases().release(key, holder));
            waiter.expectWakeUp();
        }
    }

    @Test
    void fill_wakesTheWaiterWhoThenFindsTheValue() throws InterruptedException {
        String key = key("k");
        long holder = take(key, LONG);
        try (Waiter waiter = new Waiter(key)) {
            fill(key, holder, "value");
            waiter.expectWakeUp();
            assertThat(acquire(key, holder(), LONG)).isInstanceOf(LeaseAttempt.Found.class);
        }
    }

    @Test
    void invalidate_wakesTheWaiter() throws InterruptedException {
        String key = key("k");
        take(key, LONG);
        try (Waiter waiter = new Waiter(key)) {
            invalidate(key);
            waiter.expectWakeUp();
        }
    }

    @Test
    void mark_wakesTheWaiterWhoThenLoadsWithoutLease() throws InterruptedException {
        String key = key("k");
        take(key, LONG);
        try (Waiter waiter = new Waiter(key)) {
            answer(store().mark(List.of(key), 1, LONG));
            waiter.expectWakeUp();
            assertThat(acquire(key, holder(), LONG)).isInstanceOf(LeaseAttempt.Marked.class);
        }
    }

    @Test
    void invalidateOfManyKeys_wakesTheWaitersOfAll() throws InterruptedException {
        take(key("a"), LONG);
        take(key("b"), LONG);
        try (Waiter first = new Waiter(key("a"));
                Waiter second = new Waiter(key("b"))) {
            invalidate(key("a"), key("other"), key("b"));
            first.expectWakeUp();
            second.expectWakeUp();
        }
    }

    @Test
    void fillsAndReleasesOfManyKeys_wakeTheWaitersOfAll() throws InterruptedException {
        List<Claim> claims = Stream.of("a", "b", "c", "d")
                .map(name -> new Claim(key(name), take(key(name), LONG)))
                .toList();
        try (Waiter first = new Waiter(key("a"));
                Waiter second = new Waiter(key("b"));
                Waiter third = new Waiter(key("c"));
                Waiter fourth = new Waiter(key("d"))) {
            answers(store().fillAll(claims.subList(0, 2).stream()
                    .map(claim -> new Fill(claim.key(), claim.holder(), bytes("value"), LONG))
                    .toList()));
            first.expectWakeUp();
            second.expectWakeUp();
            answer(leases().releaseAll(claims.subList(2, 4)));
            third.expectWakeUp();
            fourth.expectWakeUp();
        }
    }

    @Test
    void severalWaitersOfOneKey_areAllWoken() throws InterruptedException {
        String key = key("größe zwei");
        long holder = take(key, LONG);
        try (Waiter first = new Waiter(key);
                Waiter second = new Waiter(key)) {
            answer(leases().release(key, holder));
            first.expectWakeUp();
            second.expectWakeUp();
        }
    }

    @Test
    void waiterOfASecondLease_isWokenToo() throws InterruptedException {
        String key = key("k");
        long first = take(key, LONG);
        try (Waiter waiter = new Waiter(key)) {
            answer(leases().release(key, first));
            waiter.expectWakeUp();
            long second = take(key, LONG);
            waiter.look();
            answer(leases().release(key, second));
            waiter.expectWakeUp();
        }
    }

    @Test
    void closedRegistration_isWokenNoMoreAndMayBeClosedTwice() throws InterruptedException {
        String key = key("k");
        long holder = take(key, LONG);
        Waiter alone = new Waiter(key);
        alone.close();
        Waiter gone = new Waiter(key);
        try (Waiter waiter = new Waiter(key)) {
            gone.close();
            gone.close();
            alone.close();
            answer(leases().release(key, holder));
            waiter.expectWakeUp();
            assertThat(alone.wakeUps.availablePermits()).isZero();
            assertThat(gone.wakeUps.availablePermits()).isZero();
        }
    }

    @Test
    void wakeThatThrows_doesNotHarmTheOthers() throws InterruptedException {
        String key = key("k");
        long holder = take(key, LONG);
        try (Leases.Registration ignored = leases().onWakeUp(key, WakeUpContract::fail);
                Waiter waiter = new Waiter(key)) {
            answer(leases().release(key, holder));
            waiter.expectWakeUp();
        }
    }

    private static void fail() {
        throw new IllegalStateException("thrown by the test");
    }

    /** Waits for a busy lease as the engine does: registered first, then the attempt that notes it. */
    private final class Waiter implements AutoCloseable {
        private final String key;
        private final Semaphore wakeUps = new Semaphore(0);
        private final Leases.Registration registration;

        Waiter(String key) {
            this.key = key;
            awaitWakeUps();
            registration = leases().onWakeUp(key, wakeUps::release);
            look();
            wakeUps.drainPermits();
        }

        void look() {
            assertThat(acquire(key, holder(), LONG)).isInstanceOf(LeaseAttempt.Busy.class);
        }

        void expectWakeUp() throws InterruptedException {
            assertThat(wakeUps.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("woken")
                    .isTrue();
        }

        @Override
        public void close() {
            registration.close();
        }
    }
}
