package io.cacheaside.verification;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.warm.WarmListener;
import io.cacheaside.aspect.warm.WarmReport;
import io.cacheaside.boot.CacheAsideAutoConfiguration;
import io.cacheaside.policy.Durations;
import io.cacheaside.test.EmbeddedRedis;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Boot application is warmed by a file before it accepts traffic, and once more after FLUSHALL. What a run takes is compared
 * with what its loads take at that many at once.
 */
final class WarmProof {

    private static final double AIM = 1.3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private WarmProof() {}

    /** {@code runs} starts of an application that warms {@code entries} entries, {@code concurrency} at once. */
    record Plan(int entries, int concurrency, Duration load, int runs) {

        static Plan of(Options options) {
            options.only(Set.of("entries", "concurrency", "load", "runs"));
            return new Plan(
                    options.positive("entries", 10_000),
                    options.positive("concurrency", 4),
                    options.duration("load", Duration.ofMillis(1)),
                    options.positive("runs", 3));
        }

        /** What the loads alone take. */
        Duration ideal() {
            return load.multipliedBy(entries).dividedBy(concurrency);
        }
    }

    /** A change of the readiness, with what was loaded and stored by then. */
    private record Readiness(ReadinessState state, long loads, long entries) {}

    /** One run of the warmer and the readiness that came of it. */
    private record Run(String what, WarmReport report, Readiness accepted, boolean refusedBefore) {

        double ratio(Plan plan) {
            return (double) report.took().toNanos() / plan.ideal().toNanos();
        }

        /** The caller of a read does not wait for its fill, so some may be under way still. */
        boolean isWarm(Plan plan) {
            return refusedBefore
                    && report.isComplete()
                    && report.succeeded() == plan.entries
                    && accepted.loads == plan.entries
                    && accepted.entries >= plan.entries - plan.entries / 100;
        }
    }

    /** The last line. */
    record Verdict(Plan plan, boolean warm, double ratio) {

        boolean passed() {
            return warm && ratio <= AIM;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s warm: %,d entries of %s loads, %d at once, in %.2f x %s (median; aim %.1f); traffic accepted %s",
                    passed() ? "PASS" : "FAIL",
                    plan.entries,
                    Durations.format(plan.load),
                    plan.concurrency,
                    ratio,
                    Durations.format(plan.ideal()),
                    AIM,
                    warm ? "only afterwards" : "TOO EARLY, or not all was warm");
        }
    }

    static Verdict run(Plan plan, PrintStream out) throws Exception {
        Path file = Files.createTempFile("cacheaside-warm", ".tsv");
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            Files.writeString(
                    file,
                    LongStream.range(0, plan.entries).mapToObj(Long::toString).collect(Collectors.joining("\n")));
            List<Run> counted = new ArrayList<>();
            for (int i = 0; i < plan.runs; i++) {
                redis.command("FLUSHALL");
                List<Run> started = start(plan, redis, file);
                started.forEach(run -> tell(plan, run, out));
                if (i > 0 || plan.runs == 1) {
                    counted.addAll(started);
                }
            }
            double[] ratios = counted.stream()
                    .mapToDouble(run -> run.ratio(plan))
                    .sorted()
                    .toArray();
            return new Verdict(
                    plan, counted.stream().allMatch(run -> run.isWarm(plan)), ratios[(ratios.length - 1) / 2]);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void tell(Plan plan, Run run, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %s, %.2f x the loads alone; accepted with %,d loads made and %,d entries stored%n",
                run.what,
                Durations.format(Duration.ofMillis(run.report.took().toMillis())),
                run.ratio(plan),
                run.accepted.loads,
                run.accepted.entries);
    }

    /** The runs at the start and after a flush. */
    private static List<Run> start(Plan plan, EmbeddedRedis redis, Path file) throws Exception {
        Observed observed = new Observed(redis, plan.load);
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("observed", observed));
        application.setDefaultProperties(Map.of(
                "spring.main.banner-mode", "off",
                "cacheaside.namespace", "warm",
                "cacheaside.redis.address", redis.address(),
                "cacheaside.warm.sources.products.cache", "product",
                "cacheaside.warm.sources.products.file", file.toString(),
                "cacheaside.warm.concurrency", plan.concurrency,
                "cacheaside.warm.look-for-flush", "100ms"));
        try (ConfigurableApplicationContext context = application.run()) {
            Run start = new Run("start", observed.report(), observed.readiness(), true);
            observed.products.loads.reset();
            redis.command("FLUSHALL");
            Readiness refused = observed.readiness();
            Run flush = new Run(
                    "flush",
                    observed.report(),
                    observed.readiness(),
                    refused.state == ReadinessState.REFUSING_TRAFFIC && refused.loads == 0);
            return List.of(start, flush);
        }
    }

    /** What the proof sees of the application, from the outside. */
    static final class Observed implements WarmListener {

        private final BlockingQueue<WarmReport> reports = new LinkedBlockingQueue<>();
        private final BlockingQueue<Readiness> readiness = new LinkedBlockingQueue<>();
        private final EmbeddedRedis redis;
        final Counting products;

        Observed(EmbeddedRedis redis, Duration load) {
            this.redis = redis;
            this.products = new Counting(load);
        }

        @Override
        public void ended(WarmReport report) {
            reports.add(report);
        }

        void changed(ReadinessState state) {
            long size = Long.parseLong(String.valueOf(redis.command("DBSIZE")));
            readiness.add(new Readiness(state, products.loads.sum(), size));
        }

        WarmReport report() throws InterruptedException {
            return taken(reports);
        }

        Readiness readiness() throws InterruptedException {
            return taken(readiness);
        }

        private static <T> T taken(BlockingQueue<T> from) throws InterruptedException {
            T next = from.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("nothing happened for " + PATIENCE);
            }
            return next;
        }
    }

    /** A source that takes its time, and counts. */
    record Counting(Duration load, LongAdder loads) {

        Counting(Duration load) {
            this(load, new LongAdder());
        }

        String load(long id) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(load.toNanos());
            loads.increment();
            return "product " + id;
        }
    }

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CacheAsideAutoConfiguration.class)
    static class Application {

        @Bean
        Products products(Observed observed) {
            return new Products(observed.products);
        }

        @Bean
        static ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readiness(Observed observed) {
            return new ReadinessListener(observed);
        }
    }

    /** A class, because Spring asks it for the type of its events. */
    private record ReadinessListener(Observed observed)
            implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

        @Override
        public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
            observed.changed(event.getState());
        }
    }

    /** The annotated read. */
    static class Products {

        private final Counting source;

        Products(Counting source) {
            this.source = source;
        }

        @CacheAside(key = "product:#id", ttl = "1h")
        public String find(long id) throws InterruptedException {
            return source.load(id);
        }
    }
}
