package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;
import org.redisson.config.ReadMode;

class LayoutCheckTest extends OwnRedis {

    @Test
    void clientWhoseLocksLieElsewhere_getsNoLease() {
        EmbeddedRedis redis = redis();
        Config config = new Config();
        config.setNameMapper(new Prefix());
        config.useSingleServer().setAddress(redis.address());
        RedissonClient client = Redisson.create(config);
        closing(client::shutdown);
        RedissonSlots slots = closing(RedissonSlots.open(client, "own", PATIENT));
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Refused.class,
                        refused -> assertThat(refused.reason()).contains("lease is not seen as a lock"));
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    @Test
    void replicaThatIsBehindWhenItIsAsked_doesNotPreventLeases() {
        EmbeddedRedis master = redis();
        EmbeddedRedis replica = redis();
        master.command("CONFIG", "SET", "repl-diskless-sync-delay", "0");
        Config config = new Config();
        config.useMasterSlaveServers()
                .setMasterAddress(master.address())
                .addSlaveAddress(replica.address())
                .setReadMode(ReadMode.SLAVE);
        RedissonClient client = Redisson.create(config);
        closing(client::shutdown);
        RedissonSlots slots = closing(RedissonSlots.open(client, "own", PATIENT));
        await("the check has asked the replica, which knows no lock", () -> replica.calls("pttl") > 0);
        replica.command("REPLICAOF", "127.0.0.1", "" + master.port());
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .isInstanceOf(LeaseAttempt.Taken.class);
    }

    @Test
    void leaseThatEndsWhileItIsLookedAt_isNoVerdict() throws IOException {
        EmbeddedRedis redis = redis();
        ScriptedRedis way = closing(new ScriptedRedis(redis.port(), request -> {
            if (request.get(0).equals("HEXISTS")) {
                await(
                        "the lease is over",
                        () -> redis.command("EXISTS", request.get(1)).equals(0L));
            }
            return null;
        }));
        RedissonClient client = RedissonClients.create(RedissonSettings.of(way.address()));
        closing(client::shutdown);
        RedisCommands commands = new RedisCommands(client, LONG);
        LayoutCheck check = new LayoutCheck(
                client, commands, "own", new Eviction(commands.servers().address()), 100);
        assertThatThrownBy(check::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("longer than the 100 ms that it lasts");
    }

    @ParameterizedTest
    @CsvSource({"5.0.14,true", "6.0.16,true", "6.2.0,false", "7.4.1,false", "10.0.0,false"})
    void versionBefore62_isOld(String version, boolean old) {
        String info = "# Server\r\nredis_version:" + version + "\r\nredis_git_sha1:00000000\r\n";
        assertThat(LayoutCheck.oldVersion(info)).isEqualTo(old ? version : null);
    }

    @Test
    void serverThatTellsNoVersion_isNotOld() {
        assertThat(LayoutCheck.oldVersion("")).isNull();
    }

    private static final class Prefix implements NameMapper {
        @Override
        public String map(String name) {
            return "application:" + name;
        }

        @Override
        public String unmap(String name) {
            return name.substring("application:".length());
        }
    }
}
