package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Common ground of the contract suites: slots that nobody else uses, and answers waited for with a bound. */
public abstract class SlotsContract {

    /** Longer than any test. */
    protected static final Duration LONG = Duration.ofMinutes(1);

    /** Soon over, yet longer than a few commands take. */
    protected static final Duration SHORT = Duration.ofMillis(300);

    /** The namespace of all keys of the suites. */
    protected static final String NAMESPACE = "contract";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String run = UUID.randomUUID().toString();
    private @Nullable SlotsUnderTest slots;

    /** The adapter to examine, called before each test; it may be the same one every time. */
    protected abstract SlotsUnderTest openSlots();

    @BeforeEach
    void open() {
        slots = openSlots();
    }

    @AfterEach
    void close() {
        if (slots != null) {
            slots.close();
        }
    }

    /** The adapter under test. */
    protected final SlotsUnderTest slots() {
        if (slots == null) {
            throw new IllegalStateException("no test is running");
        }
        return slots;
    }

    /** The values of the adapter under test. */
    protected final CacheStore store() {
        return slots().store();
    }

    /** The leases of the adapter under test. */
    protected final Leases leases() {
        return slots().leases();
    }

    /** A key that no other test uses. */
    protected final String key(String name) {
        return NAMESPACE + ":" + run + ":" + name;
    }

    /** A holder id that nobody else uses. */
    protected static long holder() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** The bytes of {@code text}. */
    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The answer behind {@code future}, waited for. */
    protected static <T extends @Nullable Object> T answer(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS).join();
    }

    /** The answers behind {@code futures}, waited for. */
    protected static <T extends @Nullable Object> List<T> answers(List<CompletableFuture<T>> futures) {
        return futures.stream().map(SlotsContract::answer).toList();
    }

    /** The text of the stored value, or null. */
    protected final @Nullable String stored(String key) {
        byte[] frame = answer(store().get(key));
        return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
    }

    /** The answer to an ACQUIRE that looks at the value first. */
    protected final LeaseAttempt acquire(String key, long holder, Duration lease) {
        return answer(leases().acquire(key, holder, lease, true));
    }

    /** Takes the lease, which has to be free. */
    protected final long take(String key, Duration lease) {
        long holder = holder();
        assertThat(answer(leases().acquire(key, holder, lease, false))).isInstanceOf(LeaseAttempt.Taken.class);
        return holder;
    }

    /** The answer to a FILL that lives long. */
    protected final FillOutcome fill(String key, long holder, String value) {
        return answer(store().fill(key, holder, bytes(value), LONG));
    }

    /** Stores {@code value} the only way there is. */
    protected final void put(String key, String value) {
        assertThat(fill(key, take(key, LONG), value)).isEqualTo(FillOutcome.STORED);
    }

    /** Removes {@code keys} and waits for the acknowledgement. */
    protected final void invalidate(String... keys) {
        answer(store().invalidate(List.of(keys)));
    }

    /** True if the lease of {@code key} is free; it is free afterwards too. */
    protected final boolean isFree(String key) {
        long probe = holder();
        if (!(answer(leases().acquire(key, probe, LONG, false)) instanceof LeaseAttempt.Taken)) {
            return false;
        }
        answer(leases().release(key, probe));
        return true;
    }
}
