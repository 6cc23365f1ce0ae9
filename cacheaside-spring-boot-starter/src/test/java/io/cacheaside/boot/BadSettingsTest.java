package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheaside.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class BadSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cacheaside.defaults.ttl=0s | cacheaside.defaults.ttl = 0s is not in [1ms
                    cacheaside.defaults.ttl=-5m | cacheaside.defaults.ttl = PT-5M is not in
                    cacheaside.defaults.max-lifetime=0s | cacheaside.defaults.max-lifetime = 0s is not in [1ms
                    cacheaside.defaults.null-ttl=-1s | cacheaside.defaults.null-ttl = PT-1S is not in
                    cacheaside.defaults.lease=1ms | cacheaside.defaults.lease = 1ms is not in
                    cacheaside.defaults.wait-for=-1ms | cacheaside.defaults.wait-for = PT-0.001S is not in
                    cacheaside.defaults.max-load=1s | cacheaside.defaults.max-load = 1s is not in
                    cacheaside.defaults.jitter=1.0 | cacheaside.defaults.jitter = 1.0 is not in [0, 1)
                    cacheaside.defaults.jitter=-0.1 | cacheaside.defaults.jitter = -0.1 is not in [0, 1)
                    cacheaside.defaults.read-timeout=0 | cacheaside.defaults.read-timeout = 0s is not in
                    cacheaside.defaults.read-timeout=2m | cacheaside.defaults.read-timeout = 2m is not in [1ms, 1m]
                    cacheaside.defaults.max-payload=65MB | cacheaside.defaults.max-payload = 68157440 bytes is not in [1B, 64MB]
                    cacheaside.caches.user.max-payload=0B | cacheaside.caches.user.max-payload = 0 bytes is not in [1B, 64MB]
                    cacheaside.caches.user.max-batch=0 | cacheaside.caches.user.max-batch = 0 is not in [1, 10000]
                    cacheaside.caches.user.ttl=0s | cacheaside.caches.user.ttl = 0s is not in
                    cacheaside.caches.user.lease=2m | cacheaside.caches.user.max-load = 1m is not in [2m
                    cacheaside.defaults.refresh-ahead=150% | cacheaside.defaults.refresh-ahead = 150% is not in [0%, 100%)
                    cacheaside.caches.user.refresh-ahead=5m | cacheaside.caches.user.refresh-ahead = 5m is not shorter than the shortest lifetime, ttl = 5m
                    cacheaside.caches.user.early-expiration=-1 | cacheaside.caches.user.early-expiration = -1.0 is not in [0, 100]
                    cacheaside.refresh-threads=0 | cacheaside.refresh-threads = 0 is not in [1, 1000]
                    cacheaside.background.rate=-1 | cacheaside.background.rate = -1 is not in [0, 10000000]
                    cacheaside.background.queue-size=0 | cacheaside.background.queue-size = 0 is not in [1, 10000000]
                    cacheaside.background.rates=5 | cacheaside.background.rates is no setting of cacheaside; known here: rate, queue-size
                    cacheaside.async-call-threads=0 | cacheaside.async-call-threads = 0 is not in [1, 1000]
                    cacheaside.mark-ttl=10ms | cacheaside.mark-ttl = 10ms is not in [100ms, 1h]
                    cacheaside.mark-ttl=2h | cacheaside.mark-ttl = 2h is not in [100ms, 1h]
                    cacheaside.namespace=a{b} | namespace 'a{b}' must be 1 to 100 characters without braces
                    cacheaside.namespace=:a | namespace ':a' must be
                    cacheaside.redis.database=-1 | cacheaside.redis.database = -1 is not a database
                    cacheaside.redis.address=localhost | cacheaside.redis.address = 'localhost' is not an address
                    cacheaside.redis.password=hush | cacheaside.redis.password is set and cacheaside.redis.address is not
                    cacheaside.redis.cluster-nodes=redis://a:1,b:2 | cacheaside.redis.cluster-nodes = 'b:2' is not an address
                    cacheaside.redis.cluster-nodes=redis://me:hush@a:1 | cacheaside.redis.cluster-nodes = 'redis://me:***@a:1' says more
                    cacheaside.redis.cluster-nodes=redis://a:1,rediss://b:2 | mixes redis:// and rediss://
                    cacheaside.redis.sentinel-nodes=redis://a:1 | cacheaside.redis.sentinel-master is empty
                    cacheaside.redis.sentinel-master=main | cacheaside.redis.sentinel-master is set and cacheaside.redis.sentinel-nodes is not
                    cacheaside.redis.trust-store=/no/such.p12 | cacheaside.redis.trust-store = 'file:/no/such.p12' cannot be read
                    cacheaside.default.ttl=5m | cacheaside.default is no setting of cacheaside; known here: enabled, namespace
                    cacheaside.defaults.tll=5m | cacheaside.defaults.tll is no setting of cacheaside; known here: ttl, expiry
                    cacheaside.caches.user.tll=5m | cacheaside.caches.user.tll is no setting of cacheaside; known here: ttl
                    cacheaside.redis.pasword=hush | cacheaside.redis.pasword is no setting of cacheaside; known here: address
                    cacheaside.codec.allowed-packages=java.util | cacheaside.codec.allowed-packages: 'java.util' cannot be
                    cacheaside.codec.packages=a | cacheaside.codec.packages is no setting of cacheaside; known here: allowed-p
                    """)
    void valueOutOfRange_stopsTheStart_namingPropertyAndValue(String property, String message) {
        Contexts.shop()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(message)
                        .hasMessageNotContaining("hush"));
    }

    @Test
    void whatHitsMustNotProlong_stopsTheStart_namingWhatToSet() {
        Contexts.shop()
                .withPropertyValues(
                        "cacheaside.defaults.null-ttl=1m",
                        "cacheaside.caches.session.expiry=after-access",
                        "cacheaside.caches.session.stale-for=1h",
                        "cacheaside.caches.session.max-lifetime=1m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("cacheaside found 3 mistakes:")
                        .hasMessageContaining("cacheaside.caches.session.expiry = after-access excludes null-ttl = 1m")
                        .hasMessageContaining("turn that off for this cache")
                        .hasMessageContaining("cacheaside.caches.session.expiry = after-access excludes stale-for = 1h")
                        .hasMessageContaining("cacheaside.caches.session.max-lifetime = 1m is shorter than ttl = 5m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cacheaside.codec.secret=hush",
                "cacheaside.codec.further-secret=hush hush hush hush hush hush hush"
            })
    void badSecret_stopsTheStart_andIsNotShown(String property) {
        Contexts.shop()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("cacheaside.codec.secret or further-secret: a ")
                        .hasMessageNotContaining("hush"));
    }

    @Test
    void severalMistakes_areToldTogether() {
        Contexts.shop()
                .withPropertyValues(
                        "cacheaside.defaults.ttl=0s",
                        "cacheaside.defaults.jitter=2",
                        "cacheaside.mark-ttl=0s",
                        "cacheaside.redis.database=-1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("cacheaside found 4 mistakes:")
                        .hasMessageContaining("cacheaside.defaults.ttl")
                        .hasMessageContaining("cacheaside.defaults.jitter")
                        .hasMessageContaining("cacheaside.mark-ttl")
                        .hasMessageContaining("cacheaside.redis.database"));
    }

    @Test
    void otherSpellings_areNoStrangers() {
        Contexts.shop()
                .withPropertyValues(
                        "cacheaside.defaults.nullTtl=5s",
                        "cacheaside.defaults.WAIT_FOR=5s",
                        "cacheaside.codec.allowed-packages[0]=com.example",
                        "cacheaside.codec.allowedPackages[1]=com.example.other")
                .withInitializer(Contexts.property("cacheaside.caches[shop:user].readTimeout", "5ms"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cacheaside.defaults.ttl=soon | cacheaside.defaults.ttl | soon
                    cacheaside.caches.user.jitter=much | cacheaside.caches.user.jitter | much
                    cacheaside.caches.user.refresh-ahead=soon | cacheaside.caches.user.refresh-ahead | soon
                    cacheaside.enabled=flase | cacheaside.enabled | flase
                    """)
    void valueOfTheWrongType_isToldByBoot(String property, String name, String value, CapturedOutput output) {
        start(property);

        assertThat(output).contains("APPLICATION FAILED TO START", name, value);
    }

    @Test
    void mistakes_areShownWithoutStackTrace(CapturedOutput output) {
        start("cacheaside.defaults.ttl=0s");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("cacheaside.defaults.ttl = 0s is not in")
                .contains("Correct the annotation, property or bean")
                .doesNotContain("\tat io.cacheaside");
    }

    private static void start(String property) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        Throwable failure = catchThrowable(() -> application.run("--" + property));
        assertThat(failure).isNotNull();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(CacheAsideAutoConfiguration.class)
    static class Nothing {}
}
