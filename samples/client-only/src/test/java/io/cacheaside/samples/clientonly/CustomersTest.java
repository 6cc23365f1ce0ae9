package io.cacheaside.samples.clientonly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

class CustomersTest {

    private static EmbeddedRedis server;
    private static RedissonClient redis;
    private static RedissonSlots slots;
    private static CacheAsideClient client;

    private final Crm crm = new Crm("Ann", "Bea", "Cy");

    @BeforeAll
    static void start() {
        server = EmbeddedRedis.start();
        redis = RedissonClients.create(RedissonSettings.of(server.address()));
        slots = RedissonSlots.open(redis, "crm", RedissonPolicy.DEFAULTS.withRead(Duration.ofSeconds(10)));
        slots.awaitServing(Duration.ofSeconds(30));
        client = slots.clientBuilder().build();
    }

    @AfterAll
    static void stop() {
        client.close();
        slots.close();
        redis.shutdown();
        server.close();
    }

    private Customers customers() {
        client.invalidateAll("customer");
        return new Customers(crm, client);
    }

    @Test
    void clientOfFiveLines_loadsOnce() throws IOException {
        customers();
        String address = server.address();
        RedissonClient redis = RedissonClients.create(RedissonSettings.of(address));
        RedissonSlots slots = RedissonSlots.open(redis, "crm", RedissonPolicy.DEFAULTS);
        CacheAsideClient client = slots.clientBuilder().build();
        Cache<Long, Customer> customers = client.cache("customer", Long.class, Customer.class);
        Customer ann = customers.getOrLoad(1L, crm::customer);
        assertThat(ann).isEqualTo(new Customer(1, "Ann"));
        client.close();
        slots.close();
        redis.shutdown();
    }

    @Test
    void customers_areFetchedOnce_alsoWhereThereIsNone() throws IOException {
        Customers customers = customers();
        assertThat(customers.find(1)).contains(new Customer(1, "Ann"));
        assertThat(customers.find(9)).isEmpty();
        awaitHit(customers, 1);
        awaitHit(customers, 9);
        assertThat(customers.findAll(List.of(2L, 9L, 1L)).keySet()).containsExactly(2L, 1L);
        assertThat(crm.calls()).containsExactly(List.of(1L), List.of(9L), List.of(2L));
    }

    @Test
    void renamedCustomer_isNewForWhoeverAsks() throws IOException {
        Customers customers = customers();
        customers.find(1);
        customers.rename(1, "Ada");
        assertThat(customers.find(1)).contains(new Customer(1, "Ada"));
        assertThat(customers.nameOf(1).join()).isEqualTo("Ada");
    }

    @Test
    void otherSystemThatIsDown_isNotNoticedForWhatIsWarm() throws IOException {
        Customers customers = customers();
        assertThat(customers.warm(List.of(1L, 2L, 3L)).loaded()).isEqualTo(3);
        for (long id = 1; id <= 3; id++) {
            awaitHit(customers, id);
        }
        crm.goDown();
        assertThat(customers.findAll(List.of(1L, 2L, 3L))).hasSize(3);
        assertThatThrownBy(() -> customers.find(4)).isInstanceOf(IOException.class);
        assertThat(customers.why(4)).startsWith("crm:customer:4: MISS (nothing is stored)");
    }

    @Test
    void explanation_isThatOfTheGuide() throws IOException {
        Customers customers = customers();
        customers.find(1);
        awaitHit(customers, 1);
        assertThat(Files.readAllLines(Path.of("../../docs/guide.md")).stream().map(CustomersTest::withoutNumbers))
                .contains(withoutNumbers(customers.why(1)));
    }

    private static String withoutNumbers(String line) {
        return line.replaceAll("(age|left) \\d+(ms|s|m)", "$1 N").replaceAll("\\d+ bytes", "N bytes");
    }

    /** Fills are not waited for by readers. */
    private static void awaitHit(Customers customers, long id) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!customers.why(id).contains(": HIT")) {
            assertThat(System.nanoTime()).as(customers.why(id)).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
