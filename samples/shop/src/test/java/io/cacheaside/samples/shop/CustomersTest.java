package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.samples.shop.RunningShop.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Profiles, sessions, options and the limit on requests. Each test has customers, options and keys of its own. */
class CustomersTest {

    private static final int LIMIT = 5;

    private static RedisOfTheTest redis;
    private static RunningShop shop;

    @BeforeAll
    static void open() {
        redis = new RedisOfTheTest();
        shop = new RunningShop(redis.address(), "shop.requests-per-second=" + LIMIT);
    }

    @AfterAll
    static void close() {
        shop.close();
        redis.close();
    }

    @Test
    void changedProfile_showsAtOnce() {
        assertThat(shop.get("/api/customers/1").body()).contains("Customer 1");

        assertThat(shop.put("/api/customers/1", "{\"name\": \"Ann\", \"language\": \"de\"}")
                        .status())
                .isEqualTo(200);

        assertThat(shop.get("/api/customers/1").body()).contains("Ann", "de");
    }

    @Test
    void unknownCustomer_isNotFound() {
        assertThat(shop.get("/api/customers/99999").status()).isEqualTo(404);
        assertThat(shop.put("/api/customers/99999", "{\"name\": \"Ann\", \"language\": \"de\"}")
                        .status())
                .isEqualTo(404);
        assertThat(shop.post("/api/sessions", "{\"customer\": 99999}").status()).isEqualTo(404);
    }

    @Test
    void optionThatWasNotSet_isSet() {
        assertThat(shop.get("/api/options/currency").body()).contains("EUR");
        assertThat(shop.get("/api/options/banner").status()).isEqualTo(404);

        shop.put("/api/options/banner", "{\"value\": \"Sale\"}");

        assertThat(shop.get("/api/options/banner").body()).contains("Sale");
    }

    @Test
    void session_isReadFromTheCacheUntilItEnds() {
        String token = shop.post("/api/sessions", "{\"customer\": 2}").text("token");
        Answer first = shop.get("/api/sessions/" + token);
        long before = shop.bean(StatementCount.class).sent();

        Answer second = shop.get("/api/sessions/" + token);

        assertThat(second).isEqualTo(first);
        assertThat(first.body()).contains("\"customer\":2");
        assertThat(shop.bean(StatementCount.class).sent()).isEqualTo(before);
        assertThat(shop.delete("/api/sessions/" + token).status()).isEqualTo(204);
        assertThat(shop.get("/api/sessions/" + token).status()).isEqualTo(404);
    }

    @Test
    void requestsBeyondTheLimitOfTheirKey_areTurnedAway() {
        int turnedAway = 0;
        // in several intervals, should the machine be slow
        for (int i = 0; i < 20 * LIMIT && turnedAway == 0; i++) {
            turnedAway += shop.getWithKey("/api/customers/3", "busy").status() == 429 ? 1 : 0;
        }
        assertThat(turnedAway).isPositive();
        assertThat(shop.getWithKey("/api/customers/3", "calm").status()).isEqualTo(200);
        assertThat(shop.get("/api/customers/3").status()).isEqualTo(200);
    }

    @Test
    void limitWithinReach_letsPass() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(shop.getWithKey("/api/customers/4", "modest").status()).isEqualTo(200);
        }
    }

    @Test
    void keyThatIsTooLong_isRefused() {
        assertThat(shop.getWithKey("/api/customers/5", "k".repeat(101)).status())
                .isEqualTo(400);
    }
}
