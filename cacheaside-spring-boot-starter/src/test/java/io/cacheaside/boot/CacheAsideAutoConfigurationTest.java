package io.cacheaside.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.Evolution;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.ValueCodec;
import io.cacheaside.test.JavaSerializationCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.api.RedissonClient;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class CacheAsideAutoConfigurationTest {

    @Test
    void nothingConfigured_givesAClientOnRedisWithTheDefaults() {
        Contexts.shop().run(context -> {
            assertThat(context).hasSingleBean(CacheAsideClient.class).hasSingleBean(RedissonSlots.class);
            CacheAsideClient client = context.getBean(CacheAsideClient.class);
            assertThat(client.namespace()).isEqualTo("shop");
            assertThat(client.policyOf("user", CacheSettings.NONE))
                    .isEqualTo(CachePolicy.of("user", CacheSettings.NONE));
        });
    }

    @Test
    void ourRedissonClient_isNoBean() {
        Contexts.shop().run(context -> assertThat(context).doesNotHaveBean(RedissonClient.class));
    }

    @Test
    void namespace_overridesTheApplicationName() {
        Contexts.shop()
                .withPropertyValues("cacheaside.namespace=prod:shop")
                .run(context -> assertThat(
                                context.getBean(CacheAsideClient.class).namespace())
                        .isEqualTo("prod:shop"));
    }

    @Test
    void noNameAtAll_isCalledApplication_withAWarning(CapturedOutput output) {
        Contexts.nameless().run(context -> {
            assertThat(context.getBean(CacheAsideClient.class).namespace()).isEqualTo("application");
            assertThat(output).contains("Neither cacheaside.namespace nor spring.application.name is set");
        });
    }

    @Test
    void settingsOfACache_overrideAnnotations_whichOverrideDefaults() {
        Contexts.shop()
                .withPropertyValues(
                        "cacheaside.defaults.ttl=10m",
                        "cacheaside.defaults.max-lifetime=12h",
                        "cacheaside.defaults.null-ttl=PT20S",
                        "cacheaside.defaults.lease=1s",
                        "cacheaside.defaults.wait-for=3s",
                        "cacheaside.defaults.max-load=30s",
                        "cacheaside.defaults.jitter=0.25",
                        "cacheaside.defaults.read-timeout=20ms",
                        "cacheaside.defaults.stale-for=30m",
                        "cacheaside.defaults.max-loads=16",
                        "cacheaside.defaults.reject-loads=true",
                        "cacheaside.defaults.lease-timeout=30ms",
                        "cacheaside.defaults.fill-timeout=40ms",
                        "cacheaside.defaults.invalidate-timeout=60ms",
                        "cacheaside.defaults.inside-transaction=new-read-tx",
                        "cacheaside.defaults.max-payload=3MB",
                        "cacheaside.defaults.max-batch=200",
                        "cacheaside.defaults.refresh-ahead=20%",
                        "cacheaside.defaults.early-expiration=1.5",
                        "cacheaside.caches.user.refresh-ahead=10s",
                        "cacheaside.caches.user.ttl=7d",
                        "cacheaside.caches.user.jitter=0.5",
                        "cacheaside.caches.session.expiry=after-access",
                        "cacheaside.caches.session.max-lifetime=8h",
                        "cacheaside.caches.session.null-ttl=0",
                        "cacheaside.caches.session.stale-for=0",
                        "cacheaside.caches.session.refresh-ahead=0s",
                        "cacheaside.caches.session.early-expiration=0")
                .withInitializer(Contexts.property("cacheaside.caches[shop:order].ttl", "2h"))
                .run(context -> {
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    CacheSettings declared = CacheSettings.ttl(Duration.ofMinutes(1));
                    assertThat(client.policyOf("user", declared).ttl()).isEqualTo(Duration.ofDays(7));
                    assertThat(client.policyOf("user", declared).refreshAhead()).isEqualTo(RefreshWindow.of("10s"));
                    assertThat(client.policyOf("shop:order", declared).ttl()).isEqualTo(Duration.ofHours(2));
                    assertThat(client.policyOf("page", declared).ttl()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(client.policyOf("user", declared).jitter()).isEqualTo(0.5);
                    CachePolicy session = client.policyOf("session", declared);
                    assertThat(session.slides()).isTrue();
                    assertThat(session.ttl()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(session.maxLifetime()).isEqualTo(Duration.ofHours(8));
                    assertThat(client.policyOf("page", CacheSettings.NONE))
                            .isEqualTo(new CachePolicy(
                                    "page",
                                    Duration.ofMinutes(10),
                                    Expiry.AFTER_WRITE,
                                    Duration.ofHours(12),
                                    Duration.ofSeconds(20),
                                    Duration.ofMinutes(30),
                                    RefreshWindow.of("20%"),
                                    1.5,
                                    0.25,
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(30),
                                    16,
                                    true,
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(30),
                                    Duration.ofMillis(40),
                                    Duration.ofMillis(60),
                                    InsideTransaction.NEW_READ_TX,
                                    3 << 20,
                                    200));
                });
    }

    @Test
    void storeAndLeasesOfTheApplication_keepRedisOut() {
        Contexts.shop().withUserConfiguration(Contexts.InMemory.class).run(context -> {
            assertThat(context).doesNotHaveBean(RedissonSlots.class).doesNotHaveBean(RedisHold.class);
            CacheAsideClient client = context.getBean(CacheAsideClient.class);
            assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
            assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Ann");
        });
    }

    @Test
    void storeWithoutLeases_failsAndNamesTheMissingHalf() {
        Contexts.shop()
                .withBean("store", CacheStore.class, () -> new MemorySlots(Ticker.system()).store())
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("io.cacheaside.spi.Leases"));
    }

    @Test
    void codecOfTheApplication_replacesOurs() {
        ValueCodec codec = new JavaSerializationCodec();
        Contexts.shop()
                .withBean("codec", ValueCodec.class, () -> codec)
                .run(context -> assertThat(context.getBean(ValueCodec.class)).isSameAs(codec));
    }

    @Test
    void clientOfTheApplication_replacesOurs() {
        MemorySlots slots = new MemorySlots(Ticker.system());
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("theirs")
                .store(slots.store())
                .leases(slots.leases())
                .codec(new JavaSerializationCodec())
                .build();
        Contexts.shop()
                .withBean("client", CacheAsideClient.class, () -> client)
                .run(context ->
                        assertThat(context.getBean(CacheAsideClient.class)).isSameAs(client));
    }

    @Test
    void allowedPackages_openTheCodec() {
        Contexts.shop()
                .withPropertyValues("cacheaside.codec.allowed-packages=io.cacheaside.boot")
                .run(context -> {
                    ValueCodec.ValueFormat format =
                            context.getBean(ValueCodec.class).formatOf(Animal.class);
                    byte[] bytes = format.encode(new Dog("Rex"));
                    assertThat(format.decode(bytes, 0, bytes.length)).isEqualTo(new Dog("Rex"));
                });
    }

    @Test
    void evolution_isThatOfTheCodec() {
        Contexts.shop()
                .withPropertyValues("cacheaside.codec.evolution=tolerant")
                .run(context -> assertThat(context.getBean(ValueCodec.class)
                                .formatOf(Dog.class)
                                .fingerprint())
                        .isEqualTo(KryoCodec.builder()
                                .evolution(Evolution.TOLERANT)
                                .build()
                                .formatOf(Dog.class)
                                .fingerprint()));
    }

    @Test
    void compression_isThatOfAllCodecs() {
        Contexts.shop()
                .withPropertyValues("cacheaside.codec.compress-above=1KB")
                .run(context -> {
                    ValueCodec.ValueFormat format =
                            context.getBean(ValueCodec.class).formatOf(String.class);
                    byte[] bytes = format.encode("long ".repeat(1_000));
                    assertThat(bytes).hasSizeLessThan(200);
                    assertThat(format.decode(bytes, 0, bytes.length)).isEqualTo("long ".repeat(1_000));
                });
    }

    @Test
    void compressionThatCannotBe_stopsTheStart() {
        Contexts.shop()
                .withPropertyValues("cacheaside.codec.compress-above=2MB")
                .withClassLoader(new FilteredClassLoader("net.jpountz"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("cacheaside.codec.compress-above = 2097152B is not in [0B, 1MB]")
                        .hasMessageContaining("cacheaside.codec.compress-above needs at.yawk.lz4:lz4-java"));
    }

    interface Animal {}

    record Dog(String name) implements Animal {}

    @Test
    void secret_sealsEntries_andIsNotShown() {
        String secret = "a secret of more than thirty-two bytes";
        Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class)
                .withPropertyValues("cacheaside.codec.secret=" + secret)
                .run(context -> {
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
                    assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Ann");
                    CacheAsideProperties properties = context.getBean(CacheAsideProperties.class);
                    assertThat(properties.toString()).contains("Codec[").doesNotContain(secret);
                    assertThat(properties.codec().seal().toString()).isEqualTo("Seal[…]");
                });
    }

    @Test
    void codecOfACache_writesJson() {
        Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class)
                .withPropertyValues("cacheaside.caches.user.codec=json")
                .run(context -> {
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
                    assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Ann");
                    byte[] frame = context.getBean(CacheStore.class)
                            .get(client.namespace() + ":user:42")
                            .join();
                    assertThat(new String(frame, UTF_8)).endsWith("\"Ann\"");
                });
    }

    @Test
    void everyListenerBean_isTold() {
        Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class, TwoListeners.class)
                .run(context -> {
                    Contexts.read(context.getBean(CacheAsideClient.class), "42", "Ann");
                    assertThat(context.getBean(TwoListeners.class).told).containsExactly("first", "second");
                });
    }

    @Test
    void disabled_leavesEverythingOut_andBadValuesAreNotLookedAt() {
        for (String off : List.of("false", "off", "no")) {
            Contexts.shop()
                    .withPropertyValues("cacheaside.enabled=" + off, "cacheaside.defaults.ttl=0s")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBeansOfType(Object.class).values())
                                .noneMatch(CacheAsideAutoConfigurationTest::isSwitchedOff);
                    });
        }
    }

    private static boolean isSwitchedOff(Object bean) {
        return bean instanceof CacheAsideClient
                || bean instanceof CacheStore
                || bean instanceof Leases
                || bean instanceof ValueCodec
                || bean instanceof RedisHold
                || bean instanceof CacheListener;
    }

    @Test
    void withoutSpringTransactions_theContextStarts() {
        Contexts.shop()
                .withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CacheAsideClient.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoListeners {
        final List<String> told = new ArrayList<>();

        @Bean
        CacheListener first() {
            return new Named("first", told);
        }

        @Bean
        CacheListener second() {
            return new Named("second", told);
        }
    }

    private record Named(String name, List<String> told) implements CacheListener {
        @Override
        public void miss(String cache) {
            told.add(name);
        }
    }
}
