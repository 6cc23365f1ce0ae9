package io.cacheaside.boot;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.spring.SpringTransactionBoundary;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.EmbeddedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AnnotatedBeansTest {

    private final ApplicationContextRunner shop =
            Contexts.shop().withUserConfiguration(Contexts.InMemory.class).withBean(Names.class);

    @Test
    void annotatedBean_isCachedUntilItIsInvalidated() {
        shop.run(context -> reads(context.getBean(Names.class)));
    }

    @Test
    void annotatedBean_isCachedInRedis() {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            Contexts.shop()
                    .withBean(Names.class)
                    .withPropertyValues(
                            "cacheaside.redis.address=" + redis.address(), "cacheaside.defaults.read-timeout=5s")
                    .run(context -> {
                        Names names = context.getBean(Names.class);
                        reads(names);
                        // the caller of a read does not wait for its fill
                        await("the fill", () -> Long.valueOf(1).equals(redis.command("EXISTS", "shop:name:1")));
                    });
        }
    }

    private static void reads(Names names) {
        await("a hit", () -> names.of(1).equals(names.of(1)));
        String first = names.of(1);
        names.rename(1);
        assertThat(names.of(1)).isNotEqualTo(first);
    }

    @Test
    void beanWithAnInterface_isProxiedAsTheApplicationWants() {
        ApplicationContextRunner ports = shop.withBean("port", NamePort.class, Port::new);
        ports.run(context -> assertThat(AopUtils.isCglibProxy(context.getBean(NamePort.class)))
                .isTrue());
        ports.withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> assertThat(AopUtils.isJdkDynamicProxy(context.getBean(NamePort.class)))
                        .isTrue());
    }

    @Test
    void mistakeInAnAnnotation_stopsTheStart() {
        shop.withBean(Mistaken.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("Mistaken.of")
                        .hasMessageContaining("#nobody"));
    }

    @Test
    void openField_stopsTheStartUntilItsPackageIsAllowed() {
        ApplicationContextRunner events = shop.withBean(Events.class);
        events.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Event.class.getName() + ".payload: java.lang.Object leaves the class")
                .hasMessageContaining("cacheaside.codec.allowed-packages"));
        events.withPropertyValues("cacheaside.codec.allowed-packages=io.cacheaside.boot")
                .run(context -> {
                    Event first = new Event(new Amount(1));
                    assertThat(context.getBean(Events.class).of(first)).isEqualTo(first);
                    assertThat(context.getBean(Events.class).of(new Event("other")))
                            .isEqualTo(first)
                            .isNotSameAs(first);
                });
    }

    @Test
    void disabled_theMethodRunsEachTime() {
        shop.withPropertyValues("cacheaside.enabled=false").run(context -> {
            Names names = context.getBean(Names.class);
            assertThat(AopUtils.isAopProxy(names)).isFalse();
            assertThat(names.of(1)).isNotEqualTo(names.of(1));
        });
    }

    @Test
    void settingsOfACacheThatNobodyNames_areAWarningWithTheKnownOnes(CapturedOutput output) {
        shop.withPropertyValues("cacheaside.caches.nmae.ttl=1m", "cacheaside.caches.name.ttl=1m")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains(
                        "cacheaside.caches.nmae.* are settings of a cache that no bean's annotation and no handle names")
                .contains("the caches are [name]")
                .doesNotContain("cacheaside.caches.name.*");
    }

    @Test
    void settingsOfACacheThatIsOnlyWritten_orThatAHandleReads_areNone(CapturedOutput output) {
        shop.withBean(Rates.class)
                .withBean(Handles.class)
                .withPropertyValues(
                        "cacheaside.caches.rate.ttl=1m",
                        "cacheaside.caches.price.ttl=1m",
                        "cacheaside.caches.label.ttl=1m")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("are settings of a cache").doesNotContain("removes all keys of cache");
    }

    @Test
    void springTransactions_areSeen_whereSpringTxIsThere() {
        shop.run(context ->
                assertThat(context.getBean(TransactionBoundary.class)).isInstanceOf(SpringTransactionBoundary.class));
    }

    @Test
    void boundaryOfTheApplication_goesFirst() {
        TransactionBoundary theirs = TransactionBoundary.none();
        shop.withBean("theirs", TransactionBoundary.class, () -> theirs)
                .run(context ->
                        assertThat(context.getBean(TransactionBoundary.class)).isSameAs(theirs));
    }

    @Test
    void withoutSpringTx_beansAreCachedToo() {
        shop.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context -> reads(context.getBean(Names.class)));
    }

    /** Public, because one test makes its proxies in another class loader. */
    public static class Names {
        private int calls;

        @CacheAside(key = "name:#id")
        public String of(int id) {
            return id + "/" + ++calls;
        }

        @Invalidate(key = "name:#id")
        public void rename(int id) {}
    }

    static class Rates {
        @Invalidate(cache = "rate", all = true)
        public void read(String file) {}

        @Invalidate(key = "price:#id")
        public void change(int id) {}
    }

    record Handles(CacheAsideClient client) {
        Handles {
            client.cache("label", Long.class, String.class);
        }
    }

    record Event(Object payload) {}

    record Amount(int cents) {}

    static class Events {
        @CacheAside(key = "event:last")
        public Event of(Event loaded) {
            return loaded;
        }
    }

    static class Mistaken {
        @CacheAside(key = "mistaken:#nobody")
        public String of(int id) {
            return "" + id;
        }
    }

    interface NamePort {
        @CacheAside(key = "port:#id")
        String of(int id);
    }

    static class Port implements NamePort {
        @Override
        public String of(int id) {
            return "" + id;
        }
    }
}
