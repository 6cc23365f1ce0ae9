package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Seal;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.ValueCodec;
import io.cacheaside.test.TestJvm.Call;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codecs and listeners that do what they must not: the caller gets its value all the same. */
class EngineTroubleTest {

    private static final String KEY = TestJvm.key("k");

    private final MemorySlots memory = new MemorySlots(Ticker.system());
    private final CountingListener events = new CountingListener();
    private final AtomicInteger loads = new AtomicInteger();

    private static final class Unserializable {}

    private ReadPath reads(ValueCodec codec, CacheListener... listeners) {
        CacheAsideClientBuilder client = CacheAsideClient.builder()
                .namespace("test")
                .store(memory.store())
                .leases(memory.leases())
                .codec(codec)
                .listener(events);
        List.of(listeners).forEach(client::listener);
        CacheAsideClient built = client.build();
        return built.readPath(built.policyOf("race", CacheSettings.NONE), Object.class);
    }

    private Object load(Object value) {
        loads.incrementAndGet();
        return value;
    }

    private void assertLeaseFree() {
        assertThat(memory.leases().acquire(KEY, 9, Duration.ofSeconds(1), false).join())
                .isInstanceOf(LeaseAttempt.Taken.class);
    }

    @Test
    void unserializableValue_isReturnedAndNotStored() throws Throwable {
        ReadPath reads = reads(new JavaSerializationCodec());
        Unserializable value = new Unserializable();
        assertThat(reads.read(KEY, () -> load(value), null)).isSameAs(value);
        assertThat(events.count("unwritable")).isEqualTo(1);
        assertThat(memory.store().get(KEY).join()).isNull();
        assertLeaseFree();
    }

    @Test
    void sealedEntryMovedToAnotherKey_isAMiss() throws Throwable {
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("test")
                .store(memory.store())
                .leases(memory.leases())
                .codec(new JavaSerializationCodec())
                .seal(Seal.of("a secret of more than thirty-two bytes"))
                .listener(events)
                .build();
        ReadPath reads = client.readPath(client.policyOf("race", CacheSettings.NONE), Object.class);
        String other = TestJvm.key("other");
        assertThat(reads.read(KEY, () -> load("mine"), null)).isEqualTo("mine");
        assertThat(reads.read(KEY, () -> load("again"), null)).isEqualTo("mine");

        byte[] frame = Objects.requireNonNull(memory.store().get(KEY).join());
        memory.leases().acquire(other, 9, Duration.ofSeconds(1), false).join();
        memory.store().fill(other, 9, frame, Duration.ofMinutes(1)).join();

        assertThat(reads.read(other, () -> load("yours"), null)).isEqualTo("yours");
        assertThat(events.count("unreadable")).isPositive();
    }

    @Test
    void unserializableValue_isNotSharedWithJoiners() throws Throwable {
        ReadPath reads = reads(new JavaSerializationCodec());
        Gate loading = new Gate("loading");
        Call<@Nullable Object> leader = new Call<>(() -> reads.read(
                KEY,
                () -> {
                    loading.pass();
                    return load(new Unserializable());
                },
                null));
        loading.awaitArrival();
        Call<@Nullable Object> joiner = new Call<>(() -> reads.read(KEY, () -> load(new Unserializable()), null));
        joiner.awaitParkedIn(ReadPath.class, "join");
        loading.open();
        assertThat(joiner.result()).isNotNull().isNotSameAs(leader.result());
        assertThat(loads).hasValue(2);
    }

    static Stream<Throwable> whatACodecMayThrow() {
        return Stream.of(
                new IllegalStateException("thrown"), new StackOverflowError(), new NoClassDefFoundError("gone"));
    }

    @ParameterizedTest
    @MethodSource("whatACodecMayThrow")
    void codecThatThrowsWhenItWrites_costsTheEntry(Throwable thrown) throws Throwable {
        ReadPath reads = reads(new BrokenCodec(thrown, true));
        assertThat(reads.read(KEY, () -> load("value"), null)).isEqualTo("value");
        assertThat(events.count("unwritable")).isEqualTo(1);
        assertLeaseFree();
    }

    @ParameterizedTest
    @MethodSource("whatACodecMayThrow")
    void codecThatThrowsWhenItReads_isAMiss(Throwable thrown) throws Throwable {
        reads(new BrokenCodec(thrown, false)).read(KEY, () -> load("value"), null);
        assertThat(reads(new BrokenCodec(thrown, false)).read(KEY, () -> load("again"), null))
                .isEqualTo("again");
        assertThat(events.count("unreadable")).isEqualTo(2);
    }

    @Test
    void listenerThatAlwaysThrows_isHeardByNobody() throws Throwable {
        CacheListener broken = (CacheListener) Proxy.newProxyInstance(
                CacheListener.class.getClassLoader(), new Class<?>[] {CacheListener.class}, (proxy, method, args) -> {
                    throw new IllegalStateException("thrown by the test");
                });
        ReadPath reads = reads(new JavaSerializationCodec(), broken);
        assertThat(reads.read(KEY, () -> load("value"), null)).isEqualTo("value");
        assertThat(reads.read(KEY, () -> load("value"), null)).isEqualTo("value");
        assertThat(reads.bypass(BypassReason.KEY, () -> load("value"))).isEqualTo("value");
        assertThat(events.count("hit")).isEqualTo(1);
        assertThat(loads).hasValue(2);
    }

    @Test
    void unconfirmedInvalidationUnderABrokenListener_isStillRetried() {
        CacheListener broken = new CacheListener() {
            @Override
            public void invalidationUnconfirmed(String cache, int keys) {
                throw new IllegalStateException("thrown by the test");
            }
        };
        GatedSlots gates = new GatedSlots(Slots.of(memory));
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("test")
                .store(gates.slots().store())
                .leases(gates.slots().leases())
                .codec(new JavaSerializationCodec())
                .listener(broken)
                .build();
        gates.loseRequest(GatedSlots.Operation.INVALIDATE);
        Gate retry = gates.holdBeforeSend(GatedSlots.Operation.INVALIDATE);
        client.invalidate("race", List.of(KEY));
        retry.awaitArrival();
        retry.open();
        client.close();
    }

    @Test
    void adapterWhoseFutureFailedWithAnInterrupt_doesNotHoldTheWriter() {
        CacheStore interrupted = new ForwardingStore(memory.store()) {
            @Override
            public CompletableFuture<Void> remove(Collection<Removal> removals) {
                return CompletableFuture.failedFuture(new InterruptedException("of another thread"));
            }
        };
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("test")
                .store(interrupted)
                .leases(memory.leases())
                .codec(new JavaSerializationCodec())
                .listener(events)
                .build();
        client.invalidate("race", List.of(KEY));
        assertThat(events.count("unconfirmed")).isEqualTo(1);
        client.close();
    }

    /** Strings, until it throws. */
    private record BrokenCodec(Throwable thrown, boolean whenWriting) implements ValueCodec, ValueCodec.ValueFormat {

        @Override
        public ValueFormat formatOf(Type type) {
            return this;
        }

        @Override
        public long fingerprint() {
            return 1;
        }

        @Override
        public byte[] encode(Object value) {
            return whenWriting ? fail() : new byte[1];
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            return fail();
        }

        private <T> T fail() {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }
}
