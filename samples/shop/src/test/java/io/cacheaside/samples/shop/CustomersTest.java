package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.samples.shop.RunningShop.Answer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Profiles, sessions, options, feeds and the limit on requests. Each test has customers, options and keys of its own. */
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
    void accountOfThreeTables_showsEachChangeAtOnce() {
        Accounts accounts = shop.bean(Accounts.class);
        assertThat(shop.get("/api/customers/10/account").body()).contains("Customer 10", "EUR", "Living");
        assertThat(accounts.greeting(10, "head")).contains("Customer 10, Living in EUR (head)");
        long before = shop.bean(StatementCount.class).sent();
        assertThat(shop.get("/api/customers/10/account").body()).contains("Customer 10");
        assertThat(shop.bean(StatementCount.class).sent()).isEqualTo(before);

        shop.put("/api/customers/10", "{\"name\": \"Ann\", \"language\": \"de\"}");
        assertThat(shop.get("/api/customers/10/account").body()).contains("Ann", "EUR", "Living");
        shop.put("/api/customers/10/settings", "{\"currency\": \"CHF\", \"newsletter\": true}");
        assertThat(shop.get("/api/customers/10/account").body()).contains("Ann", "CHF", "Living");
        shop.put("/api/customers/10/preferences", "{\"category\": \"Garden\", \"theme\": \"dark\"}");
        assertThat(shop.get("/api/customers/10/account").body()).contains("Ann", "CHF", "Garden");
        assertThat(accounts.greeting(10, "head")).contains("Ann, Garden in CHF (head)");
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

    // ---- feeds: each test has a maker of its own

    private static String feed(int customer) {
        return shop.get("/api/customers/" + customer + "/feed").body();
    }

    @Test
    void post_showsInTheFeedsOfAllFollowers() {
        for (int customer = 11; customer <= 30; customer++) {
            shop.put("/api/customers/" + customer + "/follows/1", "");
            assertThat(feed(customer)).isEqualTo("[]");
        }

        assertThat(shop.post("/api/makers/1/posts", "{\"text\": \"A new lamp\"}")
                        .status())
                .isEqualTo(201);

        for (int customer = 11; customer <= 30; customer++) {
            awaitInFeed(customer, "A new lamp");
        }
    }

    private static void awaitInFeed(int customer, String text) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!feed(customer).contains(text)) {
            assertThat(System.nanoTime()).as("feed of %s", customer).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void feedOfSomebodyElse_staysInTheCache() {
        shop.put("/api/customers/41/follows/2", "");
        feed(41);
        feed(42);
        shop.post("/api/makers/2/posts", "{\"text\": \"A new chair\"}");
        awaitInFeed(41, "A new chair");
        long before = shop.bean(StatementCount.class).sent();

        assertThat(feed(42)).isEqualTo("[]");

        assertThat(shop.bean(StatementCount.class).sent()).isEqualTo(before);
    }

    @Test
    void whoBeginsToFollow_seesWhatWasPosted() {
        shop.post("/api/makers/3/posts", "{\"text\": \"A new clock\"}");
        assertThat(feed(51)).isEqualTo("[]");

        shop.put("/api/customers/51/follows/3", "");

        assertThat(feed(51)).contains("A new clock");
    }
}
