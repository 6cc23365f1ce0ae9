package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.boot.CacheAsideProperties.Redis;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedisSourceTest {

    private static final Redis NOT_SAID = new Redis(null, null, null, null);

    @Test
    void nothingSaid_isBootsDefault() {
        assertThat(spring().settings()).isEqualTo(new RedissonSettings("redis://localhost:6379", null, null, 0));
    }

    @Test
    void ownAddress_winsOverSprings() {
        Redis own = new Redis("redis://mine:1", "me", "secret", 4);

        RedisSource source = RedisSource.of(own, binder("spring.data.redis.host", "theirs"));

        assertThat(source.settings()).isEqualTo(new RedissonSettings("redis://mine:1", "me", "secret", 4));
        assertThat(source.origin()).isEqualTo("cacheaside.redis.address");
    }

    @Test
    void springsParts_areUsed() {
        RedisSource source = spring(
                "spring.data.redis.host", "theirs",
                "spring.data.redis.port", "7000",
                "spring.data.redis.username", "them",
                "spring.data.redis.password", "secret",
                "spring.data.redis.database", "3",
                "spring.data.redis.ssl.enabled", "true");

        assertThat(source.settings()).isEqualTo(new RedissonSettings("rediss://theirs:7000", "them", "secret", 3));
        assertThat(source.origin()).isEqualTo("spring.data.redis.host");
    }

    @Test
    void springsUrl_winsOverTheParts_asInBoot() {
        RedisSource source = spring(
                "spring.data.redis.url", "rediss://them:se:cret@theirs:7000/5",
                "spring.data.redis.host", "other",
                "spring.data.redis.database", "3");

        assertThat(source.settings())
                .isEqualTo(new RedissonSettings("rediss://theirs:7000/5", "them", "se:cret", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://secret@theirs", "redis://:secret@theirs"})
    void urlWithOnePartOfCredentials_isThePassword_asInBoot(String url) {
        assertThat(spring("spring.data.redis.url", url).settings())
                .isEqualTo(new RedissonSettings("redis://theirs", null, "secret", null));
    }

    @Test
    void addressOfIpVersion6_isBracketed() {
        assertThat(spring("spring.data.redis.host", "::1").settings().address()).isEqualTo("redis://[::1]:6379");
    }

    @ParameterizedTest
    @ValueSource(strings = {"theirs:6379", "http://user:secret@theirs", "redis://user:sec ret@theirs", "redis:///1"})
    void urlThatIsNone_isRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> spring("spring.data.redis.url", url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spring.data.redis.url = '")
                .hasMessageContaining("is not an address")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.nodes", "sentinel.master", "masterreplica.nodes", "ssl.bundle"})
    void moreThanASingleServer_isRefused_pointingToABean(String name) {
        assertThatThrownBy(() -> spring("spring.data.redis." + name, "one"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spring.data.redis." + name + " = one")
                .hasMessageContaining("define a RedissonClient bean");
    }

    @Test
    void clusterAsAnIndexedList_isRefusedToo() {
        assertThatThrownBy(() -> spring(
                        "spring.data.redis.cluster.nodes[0]", "a:1", "spring.data.redis.cluster.nodes[1]", "b:2"))
                .hasMessageContaining("spring.data.redis.cluster.nodes = a:1,b:2");
    }

    @Test
    void settings_neverShowCredentials() {
        assertThat(new Redis("redis://u:secret@h", "u", "secret", 1).toString()).doesNotContain("secret");
        assertThat(RedisSource.of(new Redis("redis://u:secret@h", "u", "secret", 1), binder())
                        .toString())
                .doesNotContain("secret");
    }

    private static RedisSource spring(String... properties) {
        return RedisSource.of(NOT_SAID, binder(properties));
    }

    private static Binder binder(String... properties) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(map));
    }
}
