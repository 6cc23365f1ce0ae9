package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.test.EmbeddedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.LoggerFactory;

class RedissonClientsTest extends OwnRedis {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "localhost:6379", "http://localhost", "redis://", "redis://a b:1", "redis://h:x"
            })
    void textThatIsNoAddress_isRefusedNamingPropertyAndValue(String address) {
        assertThatThrownBy(() -> RedissonClients.create(RedissonSettings.of(address)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cacheaside.redis.address = '" + address + "'")
                .hasMessageContaining("redis://host:port");
    }

    @Test
    @SuppressWarnings("NullAway") // what an environment variable that nobody has set is
    void addressThatIsNull_isRefused() {
        String address = null;
        assertThatThrownBy(() -> RedissonSettings.of(address))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the address of Redis is null: write redis://host:port");
    }

    @Test
    void refusedAddress_doesNotShowItsPassword() {
        assertThatThrownBy(() -> RedissonClients.create(RedissonSettings.of("redis://me:se cret@host:1")))
                .hasMessageContaining("redis://me:***@host:1")
                .hasMessageNotContaining("cret");
        assertThatThrownBy(() -> RedissonClients.create(RedissonSettings.of("redis://:secret@host:1/x")))
                .hasMessageContaining("redis://:***@host:1/x")
                .hasMessageNotContaining("secret");
    }

    @Test
    void rightPassword_isAccepted() {
        EmbeddedRedis redis = closing(EmbeddedRedis.startWithPassword("secret"));
        RedissonSettings settings = RedissonSettings.of(redis.address()).withPassword("secret");
        RedissonSlots slots = slots(settings, PATIENT);
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    @Test
    void passwordAndDatabaseInTheAddress_areUsed() {
        EmbeddedRedis redis = closing(EmbeddedRedis.startWithPassword("secret"));
        String address = "redis://:secret@127.0.0.1:" + redis.port() + "/3";
        RedissonSlots slots = slots(RedissonSettings.of(address), PATIENT);
        put(slots, "own:k", "value");
        assertThat(redis.command("GET", "own:k")).isNull();
        assertThat(String.valueOf(redis.command("INFO", "keyspace"))).contains("db3:keys=1");
    }

    @Test
    void wrongPassword_failsCallsAndIsToldOnce() {
        EmbeddedRedis redis = closing(EmbeddedRedis.startWithPassword("secret"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RedisLink.class);
        logger.addAppender(log);
        closing(() -> logger.detachAppender(log));
        RedissonSlots slots =
                slots(RedissonSettings.of(redis.address()).withPassword("wrong"), RedissonPolicy.DEFAULTS);
        await("the refusal is told", () -> !log.list.isEmpty());
        for (int i = 0; i < 10; i++) {
            assertThat(fails(slots.store().get("own:k"))).isTrue();
        }
        assertThat(log.list.stream().filter(event -> event.getLevel() == Level.WARN))
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("WRONGPASS", redis.address()));
    }

    @Test
    void clientOfTheApplication_worksWhateverItsSettings() {
        EmbeddedRedis redis = redis();
        Config config = new Config();
        config.useSingleServer().setAddress(redis.address());
        RedissonClient client = Redisson.create(config);
        closing(client::shutdown);
        RedissonSlots slots = closing(RedissonSlots.open(client, "own", PATIENT));
        put(slots, "own:k", "value");
        assertThat(stored(slots.store(), "own:k")).isEqualTo("value");
        await("the subscription works", () -> isReliable(slots));
    }

    @Test
    void closedSlots_failCallsAndMayBeClosedTwice() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(redis);
        slots.close();
        slots.close();
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        assertThat(fails(slots.store().invalidate(java.util.List.of("own:k")))).isTrue();
    }

    @Test
    void shutDownClient_failsCalls() {
        EmbeddedRedis redis = redis();
        RedissonClient client = RedissonClients.create(RedissonSettings.of(redis.address()));
        RedissonSlots slots = closing(RedissonSlots.open(client, "own", PATIENT));
        put(slots, "own:k", "value");
        client.shutdown();
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        assertThat(fails(slots.store().invalidate(java.util.List.of("own:k")))).isTrue();
    }
}
