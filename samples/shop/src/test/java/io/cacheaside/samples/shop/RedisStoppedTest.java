package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages without Redis. */
class RedisStoppedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisOfTheTest redis = new RedisOfTheTest();

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void redisStopped_pagesGoOn() {
        try (RunningShop shop = new RunningShop(redis.address())) {
            shop.page(1);
            redis.close();

            assertThat(shop.page(1).origin()).isEqualTo(Origin.DATABASE);
            assertThat(shop.getWithKey("/api/products/1", "uncounted").status()).isEqualTo(200);
        }
    }

    @Test
    void priceChangedWhileRedisIsStopped_shows() {
        try (RunningShop shop = new RunningShop(redis.address())) {
            shop.page(1);
            redis.close();

            assertThat(shop.changePrice(1, "7.77").status()).isEqualTo(200);

            assertThat(shop.page(1).price()).isEqualByComparingTo("7.77");
        }
    }

    @Test
    void redisStartedAgain_pagesComeFromTheCacheWithTheCurrentPrice() {
        try (RunningShop shop = new RunningShop(redis.address())) {
            shop.page(1);
            redis.close();
            shop.changePrice(1, "7.77");

            redis.startAgain();

            await().atMost(PATIENCE).until(() -> shop.page(1).origin() == Origin.CACHE);
            assertThat(shop.page(1).price()).isEqualByComparingTo("7.77");
        }
    }

    @Test
    void startWithoutRedis_servesPages() {
        redis.close();
        try (RunningShop shop = new RunningShop(redis.address())) {
            assertThat(shop.page(1).status()).isEqualTo(200);
        }
    }
}
