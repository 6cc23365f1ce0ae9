package io.cacheaside.aspect.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.warm.WarmReport.End;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCallPolicy;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.memory.MemoryHotCallLog;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.WarmMark;
import io.cacheaside.test.JavaSerializationCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheWarmerTest {

    private final Rows rows = new Rows();
    private final Events events = new Events();
    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final HotCalls hot =
            HotCalls.record(HotCallPolicy.of("product").withSample(1), new MemoryHotCallLog(), CacheListener.none());
    private final CacheAsideClient client = CacheAsideClient.builder()
            .namespace("shop")
            .store(slots.store())
            .leases(slots.leases())
            .codec(new JavaSerializationCodec())
            .listener(events)
            .hotCalls(hot)
            .build();
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);
    private final Catalogue shop = (Catalogue) Weaver.wovenService("ShopService", rows);

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        for (long id = 1; id <= 20; id++) {
            rows.put(new Product(id, "product " + id, 10));
        }
    }

    @AfterEach
    void close() {
        weaving.close();
        client.close();
        hot.close();
    }

    @Test
    void warmedEntries_areHits() {
        WarmReport report = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 20)))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(3))
                .build()
                .warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.succeeded()).isEqualTo(20);
        int loads = rows.reads();
        assertThat(loads).isEqualTo(20);
        shop.find(7);
        assertThat(rows.reads()).isEqualTo(loads);
        assertThat(events.all()).endsWith("hit product");
    }

    @Test
    void linesOfAFile_areArguments() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "# the best ones\n3\n\n4\n");
        WarmReport report = warmer(WarmSource.file(WarmCall.of(shop, "find(long)"), file));

        assertThat(report).hasToString(report.toString()).matches(WarmReport::isComplete);
        assertThat(report.succeeded()).isEqualTo(2);
    }

    @Test
    void mistakesInAFile_stopTheBuild_namingFileLineAndValue() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "3\nx\n4\t5\n\\N\n");
        WarmSource source = WarmSource.file(WarmCall.of(shop, "find"), file);

        assertThatThrownBy(() -> CacheWarmer.builder().source("best", source).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "source 'best': file = " + file + ", line 2: 'x' is no long (parameter id of ",
                        "line 3: 2 values, and ",
                        "line 4: null is no long");
        assertThatThrownBy(() -> WarmSource.file(WarmCall.of(shop, "find"), folder.resolve("no.tsv"))
                        .check())
                .hasMessageContaining("no.tsv: no such file");
        assertThatThrownBy(
                        () -> WarmSource.file(WarmCall.of(shop, "find"), folder).check())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void lineThatBecameWrong_isSkipped_andTheOthersAreWarmed() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "3\n");
        CacheWarmer warmer = CacheWarmer.builder()
                .source("best", WarmSource.file(WarmCall.of(shop, "find"), file))
                .build();
        Files.writeString(file, "x\n3\n4\n");
        WarmReport report = warmer.warm();

        assertThat(report.sources().get(0).skipped()).isEqualTo(1);
        assertThat(report.succeeded()).isEqualTo(2);
    }

    @Test
    void rowsOfAQuery_areArguments() throws Exception {
        JdbcDataSource database = database();
        WarmSource source = WarmSource.query(
                WarmCall.of(shop, "find"), database, "select id, from_db.id from (select 1 id) from_db");
        assertThatThrownBy(source::check)
                .hasMessageContaining("has 2 columns (ID, ID), and ")
                .hasMessageContaining("1 parameters");
        assertThatThrownBy(() -> WarmSource.query(WarmCall.of(shop, "find"), database, "select idd from product")
                        .check())
                .hasMessageContaining("query = select idd from product: ");
        assertThatThrownBy(
                        () -> WarmSource.query(WarmCall.of(shop, "find"), database, "select current_date from product")
                                .check())
                .hasMessageContaining("is of type java.sql.Date, which is no long (parameter id of ");

        WarmReport report =
                warmer(WarmSource.query(WarmCall.of(shop, "find"), database, "select id from product order by id"));
        assertThat(report.sources().get(0)).isEqualTo(new WarmReport.Source("it", 3, 3, 0, 1, null));
        assertThat(rows.reads()).isEqualTo(3);
    }

    @Test
    void columns_becomeWhatParametersAre() {
        UUID uuid = UUID.randomUUID();
        assertThat(ColumnValue.as(42, long.class)).isEqualTo(42L);
        assertThat(ColumnValue.as(new java.math.BigDecimal("42.00"), int.class)).isEqualTo(42);
        assertThat(ColumnValue.as("42", long.class)).isEqualTo(42L);
        assertThat(ColumnValue.as(uuid, String.class)).isEqualTo(uuid.toString());
        assertThat(ColumnValue.as(uuid.toString(), UUID.class)).isEqualTo(uuid);
        assertThat(ColumnValue.as(java.sql.Date.valueOf("2026-11-20"), LocalDate.class))
                .isEqualTo(LocalDate.of(2026, 11, 20));
        Instant now = Instant.parse("2026-11-20T10:00:00.5Z");
        assertThat(ColumnValue.as(java.sql.Timestamp.from(now), Instant.class)).isEqualTo(now);
        assertThatThrownBy(() -> ColumnValue.as(new java.math.BigDecimal("42.5"), long.class))
                .hasMessage("'42.5' is no long");
        assertThatThrownBy(() -> ColumnValue.as(1L << 40, int.class)).hasMessageContaining("is no int");
        assertThat(ColumnValue.fits("java.lang.String", long.class)).isTrue();
        assertThat(ColumnValue.fits("java.lang.Integer", String.class)).isTrue();
        assertThat(ColumnValue.fits("[B", String.class)).isFalse();
        assertThat(ColumnValue.fits("java.util.UUID", long.class)).isFalse();
    }

    @Test
    void sourceThatFailsHalfWay_isReported_andTheRestGoesOn() {
        WarmCall find = WarmCall.of(shop, "find");
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    calls.add(find, new Object[] {1L});
                    throw new IllegalStateException("the cable");
                })
                .source("whole", WarmSource.of(find, ids(2, 5)))
                .build()
                .warm();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.end()).isEqualTo(End.DONE);
        assertThat(report.sources().get(0).failure()).contains("the cable");
        assertThat(report.succeeded()).isEqualTo(5);
        assertThat(report.toString()).contains("torn: 1 of 1 calls, incomplete (", "whole: 4 of 4 calls");
    }

    @Test
    void callThatFails_isCounted_andASourceWithoutASuccessFails() {
        WarmReport some =
                warmer(WarmSource.of(WarmCall.of(shop, "find"), List.of(new Object[] {1L}, new Object[] {"x"})));
        assertThat(some.failed()).isEqualTo(1);
        assertThat(some.isComplete()).isTrue();

        rows.breakDown();
        WarmReport none = warmer(WarmSource.of(WarmCall.of(shop, "find"), ids(10, 12)));
        assertThat(none.sources().get(0).failure()).isEqualTo("none of its calls succeeded");
    }

    @Test
    void failedSource_isRepeatedUntilItSucceeds_theOthersAreNot() {
        AtomicInteger torn = new AtomicInteger();
        AtomicInteger whole = new AtomicInteger();
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    if (torn.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .source("whole", calls -> whole.incrementAndGet())
                .policy(WarmPolicy.DEFAULTS.withRepeatAfter(Duration.ofMillis(1)))
                .build()
                .warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(torn).hasValue(3);
        assertThat(whole).hasValue(1);
    }

    @Test
    void failedSource_isRepeatedUntilTheTimeIsOver() {
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    throw new IllegalStateException("never");
                })
                .policy(WarmPolicy.DEFAULTS
                        .withRepeatAfter(Duration.ofMillis(1))
                        .withTimeout(Duration.ofMillis(30)))
                .build()
                .warm();

        assertThat(report.end()).isEqualTo(End.TIME_OVER);
        assertThat(report.sources().get(0).failure()).contains("never");
    }

    @Test
    void storeThatDoesNotServe_isNotWarmed() {
        WarmReport report = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 3)))
                .awaitServing(bound -> {
                    throw new ConfigurationException("Redis does not serve");
                })
                .build()
                .warm();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.sources().get(0).failure()).isEqualTo("not read: Redis does not serve");
        assertThat(rows.reads()).isZero();
    }

    @Test
    void atMostSoManyLoads_runAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        rows.onRead(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            try {
                assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Thread.yield();
            now.decrementAndGet();
        });
        WarmReport report =
                warmer(WarmSource.of(WarmCall.of(shop, "find"), ids(1, 20)), WarmPolicy.DEFAULTS.withConcurrency(3));

        assertThat(report.succeeded()).isEqualTo(20);
        assertThat(most).hasValue(3);
    }

    @Test
    void loadInsideALoad_takesNoTurn() {
        rows.onRead(() -> {
            rows.onRead(() -> {});
            shop.find(20);
        });

        assertThat(warmer(
                                WarmSource.of(WarmCall.of(shop, "find"), ids(1, 2)),
                                WarmPolicy.DEFAULTS.withConcurrency(1).withTimeout(Duration.ofSeconds(20)))
                        .succeeded())
                .isEqualTo(2);
    }

    @Test
    void rate_isNotExceeded() {
        long start = System.nanoTime();
        warmer(gated(() -> {}), WarmPolicy.DEFAULTS.withRate(100));

        // 20 calls: the first period's one at once, or after a part of it, then one in each further period
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(170));
    }

    @Test
    void timeOver_endsTheRun_whileACallIsUnderWay() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WarmReport report = warmer(
                gated(gate::await), WarmPolicy.DEFAULTS.withConcurrency(2).withTimeout(Duration.ofMillis(50)));
        gate.countDown();

        assertThat(report.end()).isEqualTo(End.TIME_OVER);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.succeeded()).isZero();
    }

    @Test
    void close_stopsTheRun_andInterruptsItsCalls() throws Exception {
        Semaphore begun = new Semaphore(0);
        AtomicBoolean interrupted = new AtomicBoolean();
        CacheWarmer warmer = CacheWarmer.builder()
                .source("gated", gated(() -> {
                    begun.release();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                }))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(1))
                .build();
        CompletableFuture<WarmReport> report = CompletableFuture.supplyAsync(warmer::warm);
        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        warmer.close();

        assertThat(report.get(10, TimeUnit.SECONDS).end()).isEqualTo(End.STOPPED);
        assertThat(interrupted).isTrue();
        assertThat(warmer.warm().end()).isEqualTo(End.STOPPED);
    }

    @Test
    void interruptedThread_stopsTheRun_andStaysInterrupted() {
        Thread self = Thread.currentThread();
        WarmReport report = warmer(
                gated(() -> {
                    self.interrupt();
                    new CountDownLatch(1).await();
                }),
                WarmPolicy.DEFAULTS.withConcurrency(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.end()).isEqualTo(End.STOPPED);
    }

    @Test
    void recordedCalls_areMadeAgain() {
        shop.find(5);
        shop.find(5);
        shop.find(6);
        hot.close();
        slots.store().removeAll("shop:product:").join();
        int before = rows.reads();

        WarmReport report = warmer(WarmSource.hotCalls("product", hot, List.of(WarmCall.of(shop, "find"))));
        assertThat(report.succeeded()).isEqualTo(2);
        assertThat(rows.reads()).isEqualTo(before + 2);
        assertThat(warmer(WarmSource.hotCalls("product", hot, List.of()))
                        .sources()
                        .get(0)
                        .skipped())
                .isEqualTo(2);
    }

    @Test
    void snippetOfTheGuide_warmsHotCallsAndRows() throws Exception {
        Catalogue products = shop;
        JdbcDataSource database = database();
        Consumer<Duration> serving = bound -> {};
        products.find(9);
        hot.close();
        slots.store().removeAll("shop:product:").join();

        CacheWarmer warmer = CacheWarmer.builder()
                .source("hot", WarmSource.hotCalls("product", hot, List.of(WarmCall.of(products, "find"))))
                .source("best", WarmSource.query(WarmCall.of(products, "find"), database, "select id from product"))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(8).withRate(500))
                .awaitServing(serving)
                .build();
        WarmReport report = warmer.warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.succeeded()).isEqualTo(4);
    }

    @Test
    void emptiedStore_isWarmedAgain() throws Exception {
        AtomicBoolean mark = new AtomicBoolean();
        Semaphore runs = new Semaphore(0);
        FlushWatch watch = new FlushWatch(
                new WarmMark() {
                    @Override
                    public CompletableFuture<Void> set() {
                        mark.set(true);
                        runs.release();
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletableFuture<Boolean> isSet() {
                        return CompletableFuture.completedFuture(mark.get());
                    }
                },
                Duration.ofHours(1));
        try (CacheWarmer warmer = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 3)))
                .flushWatch(watch)
                .build()) {
            warmer.watch();
            warmer.warm();
            assertThat(runs.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            watch.masterChanged();

            slots.store().removeAll("shop:").join();
            mark.set(false);
            watch.masterChanged();
            assertThat(runs.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rows.reads()).isEqualTo(6);
    }

    @Test
    void storeThatWasNeverWarmed_isMarked_andNotWarmed() {
        AtomicBoolean mark = new AtomicBoolean();
        FlushWatch watch = new FlushWatch(
                new WarmMark() {
                    @Override
                    public CompletableFuture<Void> set() {
                        mark.set(true);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletableFuture<Boolean> isSet() {
                        return CompletableFuture.completedFuture(mark.get());
                    }
                },
                Duration.ofHours(1));

        assertThat(watch.isEmptied()).isFalse();
        assertThat(mark).isTrue();
        mark.set(false);
        assertThat(watch.isEmptied()).isTrue();
        watch.close();
    }

    @Test
    void progress_tellsRateAndTimeLeft() {
        assertThat(new Progress(3_200, 10_000, 3, Duration.ofSeconds(5)))
                .hasToString("3,200 of 10,000 calls (32 %), 640/s, 3 failed, 11 s left");
        assertThat(new Progress(10, 10_000, 0, Duration.ofSeconds(1)).toString())
                .endsWith("16 min 39 s left");
        assertThat(new Progress(0, 10_000, 0, Duration.ofSeconds(1)).toString()).endsWith("unknown time left");
    }

    @Test
    void methodThatIsNone_isRefused_namingTheReads() {
        assertThatThrownBy(() -> WarmCall.of(shop, "fetch"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("method = fetch: ")
                .hasMessageContaining("ShopService.find(long)");
    }

    @Test
    void policyOutOfRange_isRefused() {
        assertThatThrownBy(() -> new WarmPolicy(0, -1, Duration.ZERO, Duration.ofMillis(-1)))
                .hasMessageContainingAll("concurrency = 0", "rate = -1", "timeout = 0s", "repeat-after = ");
    }

    private static WarmReport warmer(WarmSource source) {
        return warmer(source, WarmPolicy.DEFAULTS);
    }

    private static WarmReport warmer(WarmSource source, WarmPolicy policy) {
        return CacheWarmer.builder().source("it", source).policy(policy).build().warm();
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Twenty calls that take {@code step}. */
    private WarmSource gated(Step step) {
        WarmCall call = WarmCall.of(
                io.cacheaside.aspect.plan.AnnotatedMethods.of(shop.getClass()).stream()
                        .filter(method -> method.method().getName().equals("find"))
                        .findFirst()
                        .orElseThrow(),
                args -> {
                    step.take();
                    return null;
                });
        return WarmSource.of(call, ids(1, 20));
    }

    private static List<Object[]> ids(long first, long last) {
        return new ArrayList<>(LongStream.rangeClosed(first, last)
                .mapToObj(id -> new Object[] {id})
                .toList());
    }

    private static JdbcDataSource database() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:warm;DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists product");
            statement.execute("create table product(id int)");
            statement.execute("insert into product values (1), (2), (3), (null)");
        }
        return database;
    }
}
