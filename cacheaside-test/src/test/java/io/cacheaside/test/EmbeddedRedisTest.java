package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {

    @Test
    void startedServer_answersAndCounts() {
        try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "20mb");
                CommandTap tap = redis.tap()) {
            redis.command("SET", "greeting", "good morning");
            redis.command("EVAL", "return redis.call('GET', KEYS[1])", "1", "greeting");
            assertThat(redis.command("GET", "greeting")).isEqualTo("good morning");
            assertThat(tap.commands()).containsExactly("SET", "EVAL", "GET");
            assertThat(redis.calls("get")).isEqualTo(2);
            assertThat(redis.address()).isEqualTo("redis://127.0.0.1:" + redis.port());
        }
    }

    @Test
    void restartedServer_isEmptyOnTheSamePort() {
        try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "20mb")) {
            redis.command("SET", "k", "v");
            redis.restart();
            assertThat(redis.command("GET", "k")).isNull();
        }
    }

    @Test
    void stoppedServer_refusesConnections() {
        try (EmbeddedRedis redis = EmbeddedRedis.stopped()) {
            assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);
            redis.restart();
            assertThat(redis.command("PING")).isEqualTo("PONG");
            redis.stop();
            assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void passwordOfTheServer_isWanted() {
        try (EmbeddedRedis redis = EmbeddedRedis.startWithPassword("secret")) {
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void frozenServer_executesAfterTheThaw() {
        try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "20mb")) {
            redis.freeze();
            redis.thaw();
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }
}
