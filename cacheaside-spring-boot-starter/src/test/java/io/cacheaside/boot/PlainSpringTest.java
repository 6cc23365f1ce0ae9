package io.cacheaside.boot;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.EnableCacheAside;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring without Boot: {@code @EnableCacheAside}, and the beans by hand. */
class PlainSpringTest {

    @Test
    void enableCacheAside_cachesBeansInRedis() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Shop.class)) {
            AnnotatedBeansTest.Names names = context.getBean(AnnotatedBeansTest.Names.class);
            await("a hit", () -> names.of(1).equals(names.of(1)));

            String first = names.of(1);
            assertThat(context.getBean(EmbeddedRedis.class).command("EXISTS", "plain:name:1"))
                    .isEqualTo(1L);
            names.rename(1);
            assertThat(names.of(1)).isNotEqualTo(first);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    static class Shop {

        @Bean
        EmbeddedRedis redis() {
            return EmbeddedRedis.start();
        }

        @Bean(destroyMethod = "shutdown")
        RedissonClient redisson(EmbeddedRedis redis) {
            return RedissonClients.create(RedissonSettings.of(redis.address()));
        }

        @Bean
        RedissonSlots slots(RedissonClient redisson) {
            return RedissonSlots.open(redisson, "plain", RedissonPolicy.DEFAULTS.withRead(Duration.ofSeconds(5)));
        }

        @Bean
        CacheAsideClient client(RedissonSlots slots, TransactionBoundary transactions) {
            return CacheAsideClient.builder()
                    .namespace("plain")
                    .store(slots.store())
                    .leases(slots.leases())
                    .codec(KryoCodec.builder().build())
                    .transactions(transactions)
                    .build();
        }

        @Bean
        AnnotatedBeansTest.Names names() {
            return new AnnotatedBeansTest.Names();
        }
    }
}
