package io.cacheaside.boot;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.warm.CacheWarmer;
import io.cacheaside.aspect.warm.FlushWatch;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.memory.MemoryHotCallLog;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.HotCallLog;
import io.cacheaside.spi.WarmMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Warming of a Boot application: what is called, when traffic is accepted, and what is refused. */
class WarmingTest {

    @TempDir
    Path folder;

    private final ApplicationContextRunner shop = Contexts.shop()
            .withUserConfiguration(Contexts.InMemory.class)
            .withBean("products", Products.class)
            .withBean("pages", Pages.class);

    @Test
    void nothingConfigured_makesNoWarmer() {
        shop.run(context -> assertThat(context)
                .doesNotHaveBean(CacheWarmer.class)
                .doesNotHaveBean(HotCalls.class)
                .doesNotHaveBean(FlushWatch.class));
    }

    @Test
    void fileAndQuery_areCalledThroughTheBean() throws Exception {
        shop.withBean(DataSource.class, WarmingTest::database)
                .withPropertyValues(
                        "cacheaside.warm.sources.best.cache=product",
                        "cacheaside.warm.sources.best.file=" + file("1\n2\n"),
                        "cacheaside.warm.sources.all.method=products.find",
                        "cacheaside.warm.sources.all.query=select x from system_range(2, 5)")
                .run(context -> {
                    assertThat(context.getBean(CacheWarmer.class).warm().isComplete())
                            .isTrue();
                    Products products = context.getBean(Products.class);
                    assertThat(products.loads()).isEqualTo(5);
                    products.find(3);
                    assertThat(products.loads()).isEqualTo(5);
                });
    }

    @Test
    void hotCalls_areRecordedAndWarmed() {
        shop.withBean(HotCallLog.class, MemoryHotCallLog::new)
                .withPropertyValues("cacheaside.warm.hot-keys.caches=product", "cacheaside.warm.hot-keys.sample=1")
                .run(context -> {
                    Products products = context.getBean(Products.class);
                    products.find(7);
                    context.getBean(HotCalls.class).close();
                    context.getBean(CacheStore.class).removeAll("shop:").join();

                    assertThat(context.getBean(CacheWarmer.class).warm().succeeded())
                            .isEqualTo(1);
                    assertThat(products.loads()).isEqualTo(2);
                });
    }

    @Test
    void valuesOutOfRange_stopTheStart_namingPropertyAndValue() {
        refuses(
                Map.of(
                        "rate", "-1",
                        "concurrency", "0",
                        "timeout", "0s",
                        "look-for-flush", "1ms",
                        "hot-keys.sample", "0",
                        "hot-keys.cache", "product",
                        "sources.both.cache", "product",
                        "sources.none.query", "select 1",
                        "sources.odd.cach", "product"),
                "rate = -1 is not in [0, 1000000]",
                "concurrency = 0 is not in [1, 1000]",
                "timeout = 0s is not in [1ms, 1d]",
                "look-for-flush = 1ms is not in [100ms, 1h]",
                "hot-keys.sample = 0 is not in [1, 1000000]",
                "hot-keys.cache is no setting of cacheaside; known here: caches, sample",
                "sources.both needs query or file, and not both",
                "sources.none needs cache, or method, to say what is called",
                "sources.odd.cach is no setting of cacheaside; known here: cache, method, query, file");
    }

    @Test
    void sourcesThatCannotBeCalled_stopTheStart_namingPropertyAndValue() throws Exception {
        Path file = file("1\nx\n");
        refuses(
                Map.ofEntries(
                        Map.entry("sources.a.cache", "prodct"),
                        Map.entry("sources.a.query", "select 1"),
                        Map.entry("sources.b.method", "products.fetch"),
                        Map.entry("sources.b.query", "select 1"),
                        Map.entry("sources.c.cache", "page"),
                        Map.entry("sources.c.query", "select 1"),
                        Map.entry("sources.d.cache", "product"),
                        Map.entry("sources.d.file", "/no/such.tsv"),
                        Map.entry("sources.e.cache", "product"),
                        Map.entry("sources.e.query", "select 1, 2"),
                        Map.entry("sources.f.cache", "product"),
                        Map.entry("sources.f.query", "selec 1"),
                        Map.entry("sources.g.cache", "product"),
                        Map.entry("sources.g.query", "select current_date"),
                        Map.entry("sources.h.cache", "product"),
                        Map.entry("sources.h.file", file.toString()),
                        Map.entry("hot-keys.caches", "prodct")),
                "sources.a.cache = prodct is no cache that a bean's annotation reads; those are [page, product]",
                "sources.b.method = products.fetch means no read of a bean; there are pages.byName(String), pages.find(long), products.find(long)",
                "sources.c.cache = page means several reads: say with method which of pages.byName(String), pages.find(long)",
                "sources.d.file = /no/such.tsv: no such file",
                "sources.e.query = select 1, 2 has 2 columns (1, 2), and ",
                "sources.f.query = selec 1: Syntax error",
                "sources.g.query = select current_date: column CURRENT_DATE is of type java.sql.Date, which is no long",
                "sources.h.file = " + file + ", line 2: 'x' is no long",
                "hot-keys.caches = prodct is no cache that a bean's annotation reads");
    }

    private void refuses(Map<String, String> settings, String... messages) {
        shop.withBean(DataSource.class, WarmingTest::database)
                .withBean(HotCallLog.class, MemoryHotCallLog::new)
                .withPropertyValues(settings.entrySet().stream()
                        .map(setting -> "cacheaside.warm." + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContainingAll(Stream.of(messages)
                                .map(message -> "cacheaside.warm." + message)
                                .toArray(String[]::new)));
    }

    @Test
    void queryWithoutDatabase_stopsTheStart() {
        shop.withPropertyValues("cacheaside.warm.sources.a.cache=product", "cacheaside.warm.sources.a.query=select 1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "cacheaside.warm.sources.a.query = select 1 needs a bean of type DataSource"));
    }

    @Test
    void hotKeysWithoutARecord_stopTheStart() {
        shop.withPropertyValues("cacheaside.warm.hot-keys.caches=product")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("cacheaside.warm.hot-keys.caches = product needs Redis"));
    }

    @Test
    void traffic_isAcceptedWhenTheRunIsDone_andRefusedAgainAfterAFlush() throws Exception {
        try (ConfigurableApplicationContext context = start("cacheaside.warm.sources.best.file=" + file("1\n2\n3\n"))) {
            Application application = context.getBean(Application.class);
            assertThat(application.states).containsExactly("ACCEPTING_TRAFFIC with 3 loads");

            context.getBean(CacheStore.class).removeAll("shop:").join();
            application.mark = false;
            context.getBean(FlushWatch.class).masterChanged();
            await("both states", () -> application.states.size() == 3);
            assertThat(application.states.subList(1, 3))
                    .containsExactly("REFUSING_TRAFFIC with 3 loads", "ACCEPTING_TRAFFIC with 6 loads");
        }
    }

    @Test
    void traffic_isAcceptedWhenTheTimeIsOver() throws Exception {
        Products.gate = new CountDownLatch(1);
        try (ConfigurableApplicationContext context = start(
                "cacheaside.warm.sources.best.file=" + file("1\n"),
                "cacheaside.warm.timeout=50ms",
                "cacheaside.warm.on-failure=refuse")) {
            assertThat(context.getBean(Application.class).states).containsExactly("ACCEPTING_TRAFFIC with 0 loads");
        } finally {
            Products.gate.countDown();
        }
    }

    @Test
    void failedSource_keepsTrafficOut_untilItSucceeds_whereThatIsAskedFor() throws Exception {
        Products.failures.set(1);
        try (ConfigurableApplicationContext context =
                start("cacheaside.warm.sources.best.file=" + file("1\n"), "cacheaside.warm.on-failure=refuse")) {
            assertThat(context.getBean(Application.class).states).containsExactly("ACCEPTING_TRAFFIC with 1 loads");
        }
        Products.failures.set(1);
        try (ConfigurableApplicationContext context = start("cacheaside.warm.sources.best.file=" + file("1\n"))) {
            assertThat(context.getBean(Application.class).states).containsExactly("ACCEPTING_TRAFFIC with 0 loads");
        }
    }

    @Test
    void traffic_isNeverRefused_whereThatIsAskedFor() throws Exception {
        Products.gate = new CountDownLatch(1);
        try (ConfigurableApplicationContext context =
                start("cacheaside.warm.sources.best.file=" + file("1\n"), "cacheaside.warm.refuse-traffic=never")) {
            Application application = context.getBean(Application.class);
            assertThat(application.states).containsExactly("ACCEPTING_TRAFFIC with 0 loads");
            Products.gate.countDown();
            await("the first load", () -> context.getBean(Products.class).loads() == 1);
            assertThat(application.states).hasSize(1);
        } finally {
            Products.gate.countDown();
        }
    }

    /** Somebody else refuses traffic while a run is under way. */
    @Test
    void runThatEnds_overrulesNobodyWhoRefusesTraffic() {
        List<Object> published = new ArrayList<>();
        TrafficGate gate = new TrafficGate(published::add, true);
        gate.onApplicationEvent(new AvailabilityChangeEvent<>("boot", ReadinessState.ACCEPTING_TRAFFIC));
        gate.begun();
        assertThat(published).hasSize(1);
        gate.onApplicationEvent(new AvailabilityChangeEvent<>("shutdown", ReadinessState.REFUSING_TRAFFIC));
        gate.ended(null);
        assertThat(published).hasSize(1);
    }

    private ConfigurableApplicationContext start(String... properties) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=shop",
                "--cacheaside.warm.sources.best.cache=product",
                "--cacheaside.warm.look-for-flush=1h"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return application.run(arguments.toArray(String[]::new));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("products.tsv"), text);
    }

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:warming");
        return database;
    }

    /** An application that notes when it accepts traffic, and how much was loaded by then. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CacheAsideAutoConfiguration.class)
    @Import({Contexts.InMemory.class, Products.class})
    static class Application {

        final List<String> states = new CopyOnWriteArrayList<>();
        volatile boolean mark;

        @Bean
        static ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readiness(
                ObjectProvider<Application> self, ObjectProvider<Products> products) {
            return new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
                    self.getObject()
                            .states
                            .add(event.getState() + " with "
                                    + products.getObject().loads() + " loads");
                }
            };
        }

        @Bean
        WarmMark mark() {
            return new WarmMark() {
                @Override
                public CompletableFuture<Void> set() {
                    mark = true;
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public CompletableFuture<Boolean> isSet() {
                    return CompletableFuture.completedFuture(mark);
                }
            };
        }
    }

    static class Products {

        static final AtomicInteger failures = new AtomicInteger();
        static volatile CountDownLatch gate = new CountDownLatch(0);

        private final AtomicInteger loads = new AtomicInteger();

        /** Through a proxy, too. */
        public int loads() {
            return loads.get();
        }

        @CacheAside(key = "product:#id", ttl = "5m")
        public String find(long id) throws InterruptedException {
            gate.await(10, TimeUnit.SECONDS);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("not yet");
            }
            loads.incrementAndGet();
            return "product " + id;
        }
    }

    static class Pages {

        @CacheAside(key = "page:#id", ttl = "5m")
        public String find(long id) {
            return "page " + id;
        }

        @CacheAside(key = "page:#name", ttl = "5m")
        public String byName(String name) {
            return "page " + name;
        }
    }
}
