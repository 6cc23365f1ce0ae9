package io.cacheaside.boot;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.test.EmbeddedRedis;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

class OnRedisTest {

    private static EmbeddedRedis redis;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.startWithPassword("s3cret");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void flush() {
        redis.command("FLUSHALL");
    }

    @Test
    void cacheasideRedis_isUsed() {
        shop().withPropertyValues(
                        "cacheaside.redis.address=" + redis.address(),
                        "cacheaside.redis.password=s3cret",
                        "cacheaside.redis.database=3",
                        "spring.data.redis.port=1")
                .run(context -> {
                    cachesIn(context.getBean(CacheAsideClient.class));
                    assertThat(keyspace()).contains("db3:keys=1").doesNotContain("db0");
                });
    }

    @Test
    void springDataRedis_isUsedOtherwise() {
        shop().withPropertyValues(
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=" + redis.port(),
                        "spring.data.redis.password=s3cret",
                        "spring.data.redis.database=2")
                .run(context -> {
                    cachesIn(context.getBean(CacheAsideClient.class));
                    assertThat(keyspace()).contains("db2:keys=1");
                });
    }

    @Test
    void springDataRedisUrl_isUsedOtherwise() {
        shop().withPropertyValues("spring.data.redis.url=redis://:s3cret@127.0.0.1:" + redis.port() + "/1")
                .run(context -> {
                    cachesIn(context.getBean(CacheAsideClient.class));
                    assertThat(keyspace()).contains("db1:keys=1");
                });
    }

    @Test
    void clientOfTheApplication_isUsed_andStaysOpen() {
        RedissonClient theirs = client();
        shop().withBean("theirs", RedissonClient.class, () -> theirs, bean -> bean.setDestroyMethodName(""))
                .withPropertyValues("cacheaside.redis.address=redis://127.0.0.1:1")
                .run(context -> cachesIn(context.getBean(CacheAsideClient.class)));

        assertThat(theirs.isShutdown()).isFalse();
        theirs.shutdown();
    }

    @Test
    void clientOfOurOwn_isClosedWithTheContext() {
        AtomicReference<RedissonClient> ours = new AtomicReference<>();
        shop().run(context -> {
            ours.set(context.getBean(RedisHold.class).client());
            assertThat(ours.get().isShutdown()).isFalse();
        });

        assertThat(ours.get().isShutdown()).isTrue();
    }

    @Test
    void invalidationsInTheBackground_areSentBeforeTheClientOfOurOwnIsClosed() {
        shop().withPropertyValues(
                        "cacheaside.redis.address=" + redis.address(),
                        "cacheaside.redis.password=s3cret",
                        "cacheaside.background.rate=1")
                .run(context -> {
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    cachesIn(client);
                    assertThat(redis.command("EXISTS", key(client, 42))).isEqualTo(1L);
                    client.invalidateLater(
                            "user",
                            IntStream.range(0, 2_000)
                                    .mapToObj(id -> key(client, id))
                                    .toList());
                    assertThat(redis.command("EXISTS", key(client, 42)))
                            .as("in 42 s")
                            .isEqualTo(1L);
                });

        assertThat(keyspace()).doesNotContain("db0");
    }

    private static String key(CacheAsideClient client, int id) {
        return client.namespace() + ":user:" + id;
    }

    @Test
    void ofSeveralClients_thePrimaryOneIsUsed() {
        shop().withUserConfiguration(TwoClients.class)
                .run(context ->
                        assertThat(context.getBean(RedisHold.class).client()).isSameAs(context.getBean("main")));
    }

    @Test
    void ofSeveralClients_theQualifiedOneWinsOverThePrimaryOne() {
        shop().withUserConfiguration(TwoClients.class, QualifiedClient.class)
                .run(context ->
                        assertThat(context.getBean(RedisHold.class).client()).isSameAs(context.getBean("forTheCache")));
    }

    @Test
    void severalEqualClients_stopTheStart_namingThem() {
        shop().withUserConfiguration(EqualClients.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("several RedissonClient beans (one, two)")
                        .hasMessageContaining("@Qualifier(\"cacheaside\")"));
    }

    @Test
    void wrongPassword_isNoFailureOfTheCaller() {
        shop().withPropertyValues("cacheaside.redis.address=" + redis.address(), "cacheaside.redis.password=wrong")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
                    assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Bob");
                });
    }

    @Test
    void failFast_stopsTheStart_namingPropertyAddressAndCause() {
        shop().withPropertyValues(
                        "cacheaside.fail-fast=true",
                        "cacheaside.redis.address=" + redis.address(),
                        "cacheaside.redis.password=geheim")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContainingAll("cacheaside.fail-fast = true", redis.address(), "WRONGPASS")
                        .hasMessageNotContaining("geheim"));
    }

    @Test
    void failFast_waitsUntilRedisServes() {
        shop().withPropertyValues(
                        "cacheaside.fail-fast=true",
                        "cacheaside.redis.address=" + redis.address(),
                        "cacheaside.redis.password=s3cret")
                .run(context -> {
                    CacheAsideClient client = context.getBean(CacheAsideClient.class);
                    assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
                    assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Ann");
                });
    }

    @Test
    void redisDownAtStart_readsRunTheMethod_andAreCachedOnceItIsUp() {
        try (EmbeddedRedis late = EmbeddedRedis.stopped()) {
            shop().withPropertyValues("cacheaside.redis.address=" + late.address())
                    .run(context -> {
                        CacheAsideClient client = context.getBean(CacheAsideClient.class);
                        assertThat(Contexts.read(client, "42", "Ann")).isEqualTo("Ann");
                        assertThat(Contexts.read(client, "42", "Bob")).isEqualTo("Bob");

                        late.restart();
                        cachesIn(client);
                    });
        }
    }

    private static ApplicationContextRunner shop() {
        return Contexts.shop()
                // reads are never late on a slow machine
                .withPropertyValues("cacheaside.defaults.read-timeout=5s");
    }

    private static RedissonClient client() {
        return RedissonClients.create(RedissonSettings.of(redis.address()).withPassword("s3cret"));
    }

    /** Nothing is filled before the first contact is made, which goes on in the background. */
    private static void cachesIn(CacheAsideClient client) {
        ReadPath path = Contexts.path(client);
        int[] loads = {0};
        await(
                "a hit",
                () -> !Contexts.read(path, client, "42", "load " + ++loads[0]).equals("load " + loads[0]));
    }

    private static String keyspace() {
        return String.valueOf(redis.command("INFO", "keyspace"));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoClients {
        @Bean
        @Primary
        RedissonClient main() {
            return client();
        }

        @Bean
        RedissonClient other() {
            return client();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EqualClients {
        @Bean
        RedissonClient one() {
            return client();
        }

        @Bean
        RedissonClient two() {
            return client();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class QualifiedClient {
        @Bean
        @Qualifier("cacheaside")
        RedissonClient forTheCache() {
            return client();
        }
    }
}
