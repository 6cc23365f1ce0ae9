package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.boot.CacheAsideProperties.Redis;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedisSourceTest {

    private static final Redis NOT_SAID = single(null, null, null, null);

    @Test
    void nothingSaid_isBootsDefault() {
        assertThat(spring().settings()).isEqualTo(settings("redis://localhost:6379", null, null, 0));
    }

    @Test
    void ownAddress_winsOverSprings() {
        Redis own = single("redis://mine:1", "me", "secret", 4);

        RedisSource source = RedisSource.of(own, binder("spring.data.redis.host", "theirs"));

        assertThat(source.settings()).isEqualTo(settings("redis://mine:1", "me", "secret", 4));
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

        assertThat(source.settings()).isEqualTo(settings("rediss://theirs:7000", "them", "secret", 3));
        assertThat(source.origin()).isEqualTo("spring.data.redis.host");
    }

    @Test
    void springsUrl_winsOverTheParts_asInBoot() {
        RedisSource source = spring(
                "spring.data.redis.url", "rediss://them:se:cret@theirs:7000/5",
                "spring.data.redis.host", "other",
                "spring.data.redis.database", "3");

        assertThat(source.settings()).isEqualTo(settings("rediss://theirs:7000/5", "them", "se:cret", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://secret@theirs", "redis://:secret@theirs"})
    void urlWithOnePartOfCredentials_isThePassword_asInBoot(String url) {
        assertThat(spring("spring.data.redis.url", url).settings())
                .isEqualTo(settings("redis://theirs", null, "secret", null));
    }

    @Test
    void addressOfIpVersion6_isBracketed() {
        assertThat(spring("spring.data.redis.host", "::1").settings().topology())
                .isEqualTo(new Topology.Single("redis://[::1]:6379"));
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
    @ValueSource(strings = {"masterreplica.nodes", "ssl.bundle"})
    void whatNoClientIsBuiltFor_isRefused_pointingToABean(String name) {
        assertThatThrownBy(() -> spring("spring.data.redis." + name, "one"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spring.data.redis." + name + " = one")
                .hasMessageContaining("define a RedissonClient bean");
    }

    @Test
    void springsCluster_isUsed() {
        RedisSource source = spring(
                "spring.data.redis.cluster.nodes[0]", "a:1",
                "spring.data.redis.cluster.nodes[1]", "[::1]:2",
                "spring.data.redis.host", "other",
                "spring.data.redis.username", "them",
                "spring.data.redis.password", "secret",
                "spring.data.redis.ssl.enabled", "true");

        assertThat(source.settings())
                .isEqualTo(RedissonSettings.ofCluster(List.of("rediss://a:1", "rediss://[::1]:2"))
                        .withUser("them", "secret"));
        assertThat(source.origin()).isEqualTo("spring.data.redis.cluster.nodes");
    }

    @Test
    void springsSentinels_areUsed() {
        RedisSource source = spring(
                "spring.data.redis.sentinel.master", "main",
                "spring.data.redis.sentinel.nodes", "a:1,b:2",
                "spring.data.redis.sentinel.username", "guard",
                "spring.data.redis.sentinel.password", "other",
                "spring.data.redis.password", "secret",
                "spring.data.redis.database", "3");

        assertThat(source.settings())
                .isEqualTo(RedissonSettings.of(
                                new Topology.Sentinels("main", List.of("redis://a:1", "redis://b:2"), "guard", "other"))
                        .withPassword("secret")
                        .withDatabase(3));
        assertThat(source.origin()).isEqualTo("spring.data.redis.sentinel.master");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://a:1", "user:secret@a:1", "a b:1", "a:1/2"})
    void nodeThatIsNone_isRefused(String node) {
        assertThatThrownBy(() -> spring("spring.data.redis.cluster.nodes", node))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spring.data.redis.cluster.nodes = '")
                .hasMessageContaining("write host:port")
                .hasMessageNotContaining("secret");
    }

    @Test
    void ownCluster_isUsed() {
        RedisSource source =
                RedisSource.of(own(Map.of("cluster-nodes", "redis://a:1,redis://b:2", "password", "secret")), binder());

        assertThat(source.settings())
                .isEqualTo(RedissonSettings.ofCluster(List.of("redis://a:1", "redis://b:2"))
                        .withPassword("secret"));
        assertThat(source.origin()).isEqualTo("cacheaside.redis.cluster-nodes");
    }

    @Test
    void ownSentinels_areUsed() {
        RedisSource source = RedisSource.of(
                own(Map.of("sentinel-nodes", "redis://a:1", "sentinel-master", "main", "sentinel-password", "other")),
                binder());

        assertThat(source.settings())
                .isEqualTo(RedissonSettings.of(new Topology.Sentinels("main", List.of("redis://a:1"), null, "other")));
        assertThat(source.origin()).isEqualTo("cacheaside.redis.sentinel-nodes");
    }

    @Test
    void ownTrustStore_holdsForSpringsAddressToo() {
        Redis own = own(Map.of("trust-store", "/etc/trusted.p12", "trust-store-password", "secret"));

        RedisSource source = RedisSource.of(own, binder("spring.data.redis.host", "theirs"));

        assertThat(source.settings().trustStore()).isNotNull();
        assertThat(source.settings().trustStore().location()).hasToString("file:/etc/trusted.p12");
        assertThat(source.settings().trustStore().toString()).doesNotContain("secret");
    }

    @Test
    void settings_neverShowCredentials() {
        assertThat(single("redis://u:secret@h", "u", "secret", 1).toString()).doesNotContain("secret");
        assertThat(RedisSource.of(single("redis://u:secret@h", "u", "secret", 1), binder())
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

    private static Redis own(Map<String, String> properties) {
        Map<String, String> named = new HashMap<>();
        properties.forEach((name, value) -> named.put("redis." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bind("redis", Redis.class)
                .get();
    }

    private static Redis single(String address, String username, String password, Integer database) {
        return new Redis(address, List.of(), List.of(), null, null, null, username, password, database, null, null);
    }

    private static RedissonSettings settings(String address, String username, String password, Integer database) {
        return RedissonSettings.of(address).withUser(username, password).withDatabase(database);
    }
}
