package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.LeaseAttempt;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long results are stored: by the policy, by themselves, and until the last hit. */
class LifetimesTest {

    private static final String KEY = "test:any:k";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Where docs/wire-format.md has them. */
    private static final int CREATED = 12;

    private static final int SOFT_DEADLINE = 20;

    private final StepTicker ticker = new StepTicker();
    private final MemorySlots memory = new MemorySlots(ticker);
    private final List<String> unusable = new ArrayList<>();
    private final List<CacheAsideClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(CacheAsideClient::close);
    }

    private ReadPath reads(CacheSettings.Builder settings) {
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("test")
                .store(memory.store())
                .leases(memory.leases())
                .codec(new JavaSerializationCodec())
                .defaults(CacheSettings.builder().jitter(0.0).build())
                .listener(new CacheListener() {
                    @Override
                    public void unusableTtl(String cache) {
                        unusable.add(cache);
                    }
                })
                .build();
        clients.add(client);
        return client.readPath(client.policyOf("any", settings.build()), String.class);
    }

    private static CacheSettings.Builder settings() {
        return CacheSettings.builder();
    }

    private boolean isStored() {
        return memory.store().get(KEY).join() != null;
    }

    private boolean isLeasable() {
        return memory.leases().acquire(KEY, 1, MINUTE, false).join() instanceof LeaseAttempt.Taken;
    }

    /** Lets every value live as long as {@code ttl} says of it. */
    private static FillTerms ttl(@Nullable String ttl) {
        return new FillTerms() {
            @Override
            public boolean allow(@Nullable Object value) {
                return true;
            }

            @Override
            public @Nullable Duration ttlOf(Object value) {
                return ttl == null ? null : Duration.parse(ttl);
            }
        };
    }

    @Test
    void ownTtl_isHowLongAValueLives() throws Throwable {
        reads(settings().ttl(MINUTE)).read(KEY, () -> "value", ttl("PT2H"));
        ticker.step(Duration.ofHours(2).minusMillis(1));
        assertThat(isStored()).isTrue();
        ticker.step(Duration.ofMillis(1));
        assertThat(isStored()).isFalse();
    }

    @Test
    void noOwnTtl_isThePolicys() throws Throwable {
        reads(settings().ttl(MINUTE)).read(KEY, () -> "value", ttl(null));
        ticker.step(MINUTE.minusMillis(1));
        assertThat(isStored()).isTrue();
        ticker.step(Duration.ofMillis(1));
        assertThat(isStored()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5S", "PT0.0009S", "P36501D", "broken"})
    void ownTtlThatIsNone_isCountedAndNothingIsStored(String ttl) throws Throwable {
        assertThat(reads(settings()).read(KEY, () -> "value", ttl(ttl))).isEqualTo("value");
        assertThat(isStored()).isFalse();
        assertThat(unusable).containsExactly("any");
        assertThat(isLeasable()).isTrue();
    }

    @Test
    void absentResult_hasNoTtlOfItsOwn() throws Throwable {
        reads(settings().nullTtl(MINUTE)).read(KEY, () -> null, ttl("PT0S"));
        assertThat(isStored()).isTrue();
        assertThat(unusable).isEmpty();
    }

    @Test
    void resultThatMayNotBeStored_isNotAskedForItsTtl() throws Throwable {
        FillTerms never = new FillTerms() {
            @Override
            public boolean allow(@Nullable Object value) {
                return false;
            }

            @Override
            public Duration ttlOf(Object value) {
                throw new AssertionError("asked");
            }
        };
        assertThat(reads(settings()).read(KEY, () -> "value", never)).isEqualTo("value");
        assertThat(isStored()).isFalse();
    }

    @Test
    void oldValueThatAnswers_isStoredAgainWithinItsOwnTtl() throws Throwable {
        Loader failing = () -> {
            throw new IllegalStateException("down");
        };
        ReadPath reads = reads(settings().ttl(Duration.ofDays(1)).staleFor(MINUTE));
        reads.read(KEY, () -> "old", ttl("PT0.001S"));
        long filled = System.currentTimeMillis();
        while (System.currentTimeMillis() <= filled + 1) {
            Thread.onSpinWait();
        }
        assertThat(reads.read(KEY, failing, ttl("PT0.001S"))).isEqualTo("old");
        assertThat(isStored()).isTrue();
        ticker.step(MINUTE.plusMillis(1));
        assertThat(isStored()).isFalse();
        assertThatThrownBy(() -> reads.read(KEY, failing, ttl("PT0.001S"))).hasMessage("down");
    }

    @Test
    void hits_prolongByTheFullTtl() throws Throwable {
        ReadPath reads = reads(settings().ttl(MINUTE).expiry(Expiry.AFTER_ACCESS));
        for (int i = 0; i < 10; i++) {
            assertThat(reads.read(KEY, () -> "value", null)).isEqualTo("value");
            ticker.step(MINUTE.minusMillis(1));
        }
        assertThat(isStored()).isTrue();
        ticker.step(Duration.ofMillis(1));
        assertThat(isStored()).isFalse();
    }

    @Test
    void jitterOfHitsThatProlong_shortensTheMaximumAndNotTheIdleTime() throws Throwable {
        ReadPath reads = reads(settings()
                .ttl(MINUTE)
                .expiry(Expiry.AFTER_ACCESS)
                .maxLifetime(Duration.ofHours(1))
                .jitter(0.9));
        Set<Long> maximums = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            reads.read(KEY + i, () -> "value", null);
        }
        ticker.step(MINUTE.minusMillis(1));
        for (int i = 0; i < 20; i++) {
            ByteBuffer frame = ByteBuffer.wrap(memory.store().get(KEY + i).join());
            maximums.add(frame.getLong(SOFT_DEADLINE) - frame.getLong(CREATED));
        }
        assertThat(maximums).hasSizeGreaterThan(10).allMatch(millis -> millis >= 360_000 && millis <= 3_600_000);
    }

    @Test
    void hitsOfOtherCaches_prolongNothing() throws Throwable {
        ReadPath reads = reads(settings().ttl(MINUTE));
        reads.read(KEY, () -> "value", null);
        ticker.step(MINUTE.minusMillis(1));
        assertThat(reads.read(KEY, () -> "again", null)).isEqualTo("value");
        ticker.step(Duration.ofMillis(1));
        assertThat(isStored()).isFalse();
    }
}
