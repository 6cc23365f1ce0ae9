package io.cacheaside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.ThroughOutcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {

    private static final Duration TOOK = Duration.ofMillis(7);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CacheListener listener = new MicrometerListener(registry);

    @Test
    void reads_areCountedAsMicrometersCacheBindersCountThem() {
        listener.hit("user");
        listener.hit("user");
        listener.miss("user");
        listener.miss("order");

        assertThat(count("cache.gets", "cache", "user", "result", "hit")).isEqualTo(2);
        assertThat(count("cache.gets", "cache", "user", "result", "miss")).isEqualTo(1);
        assertThat(count("cache.gets", "cache", "order", "result", "miss")).isEqualTo(1);
    }

    @Test
    void loads_areTimedBySuccess() {
        listener.load("user", TOOK, false);
        listener.load("user", TOOK.multipliedBy(2), false);
        listener.load("user", TOOK.multipliedBy(5), true);

        assertThat(millis("cache.loads", "cache", "user", "result", "success")).isEqualTo(21);
        assertThat(millis("cache.loads", "cache", "user", "result", "failure")).isEqualTo(35);
        assertThat(registry.get("cache.loads").tag("result", "success").timer().count())
                .isEqualTo(2);
    }

    @Test
    void everyBypassReason_hasItsOwnCounter() {
        for (BypassReason reason : BypassReason.values()) {
            listener.bypass("user", reason);
        }

        for (BypassReason reason : BypassReason.values()) {
            assertThat(count("cacheaside.bypasses", "reason", reason.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(1);
        }
    }

    @Test
    void everyFillOutcome_hasItsOwnCounter_andAFillWithoutAnswerToo() {
        for (FillOutcome outcome : FillOutcome.values()) {
            listener.fill("user", outcome);
        }
        listener.fillFailed("user");

        for (FillOutcome outcome : FillOutcome.values()) {
            assertThat(count("cacheaside.fills", "outcome", outcome.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(1);
        }
        assertThat(count("cacheaside.fills", "outcome", "failed")).isEqualTo(1);
    }

    @Test
    void everyOutcomeOfAWriteThrough_hasItsOwnCounter() {
        for (ThroughOutcome outcome : ThroughOutcome.values()) {
            listener.wroteThrough("user", outcome);
        }

        for (ThroughOutcome outcome : ThroughOutcome.values()) {
            assertThat(count(
                            "cacheaside.writes.through",
                            "outcome",
                            outcome.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(1);
        }
    }

    @Test
    void invalidations_areCountedByKeysAndAnswer() {
        listener.invalidated("user", 3);
        listener.invalidationUnconfirmed("user", 2);

        assertThat(count("cacheaside.invalidations", "result", "acknowledged")).isEqualTo(3);
        assertThat(count("cacheaside.invalidations", "result", "unconfirmed")).isEqualTo(2);
    }

    @Test
    void unreadableEntries_areCountedByCause() {
        listener.unreadable("user", "crc");
        listener.unreadable("user", "crc");
        listener.unreadable("user", "version");

        assertThat(count("cacheaside.unreadable", "cause", "crc")).isEqualTo(2);
        assertThat(count("cacheaside.unreadable", "cause", "version")).isEqualTo(1);
    }

    @Test
    void theRest_hasACounterEach() {
        listener.joined("user");
        listener.unwritable("user");
        listener.unusableTtl("user");
        listener.keySkipped("user");
        listener.storeFailed("user");
        listener.leaseWait("user", TOOK);
        listener.relayed("user", TOOK);
        listener.invalidatedTag(TOOK);
        listener.setAside("user");

        assertThat(count("cacheaside.joins", "cache", "user")).isEqualTo(1);
        assertThat(count("cacheaside.unwritable", "cache", "user")).isEqualTo(1);
        assertThat(count("cacheaside.unusable.ttls", "cache", "user")).isEqualTo(1);
        assertThat(count("cacheaside.skipped.keys", "cache", "user")).isEqualTo(1);
        assertThat(count("cacheaside.store.failures", "cache", "user")).isEqualTo(1);
        assertThat(millis("cacheaside.lease.waits", "cache", "user")).isEqualTo(7);
        assertThat(millis("cacheaside.outbox.relayed", "cache", "user")).isEqualTo(7);
        assertThat(millis("cacheaside.invalidations.tags")).isEqualTo(7);
        assertThat(count("cacheaside.outbox.set.aside", "cache", "user")).isEqualTo(1);
    }

    @Test
    void queuesOfTheBackground_areGauges() {
        listener.background(new Waiting(3, TOOK));
        listener.background(new Waiting(4, TOOK.multipliedBy(2)));
        listener.invalidatedLater("feed", 1_000, TOOK);

        assertThat(registry.get("cacheaside.background.queued").gauge().value()).isEqualTo(7);
        assertThat(registry.get("cacheaside.background.age").timeGauge().value(TimeUnit.MILLISECONDS))
                .as("of the older one")
                .isEqualTo(14);
        assertThat(millis("cacheaside.background.lag", "cache", "feed")).isEqualTo(7);
    }

    @Test
    void firstEvent_registersAllMetersOfItsCache_withZeroes() {
        listener.hit("user");

        assertThat(count("cache.gets", "cache", "user", "result", "miss")).isZero();
        assertThat(count("cacheaside.invalidations", "cache", "user", "result", "unconfirmed"))
                .isZero();
    }

    @Test
    void moreTags_areOnEveryMeterOfTheCache() {
        new MicrometerListener(registry, cache -> Tags.of("name", cache)).unreadable("user", "crc");

        assertThat(registry.getMeters())
                .filteredOn(meter -> !meter.getId()
                        .getName()
                        .matches("cacheaside.(store.(unavailable|changes)|background.(queued|age)|invalidations.tags)"))
                .isNotEmpty()
                .allMatch(meter -> "user".equals(meter.getId().getTag("cache")))
                .allMatch(meter -> "user".equals(meter.getId().getTag("name")));
    }

    @Test
    void everyEventOfThePort_isCounted() throws Exception {
        for (Method event : events()) {
            registry.clear();
            CacheListener fresh = new MicrometerListener(registry);

            event.invoke(
                    fresh,
                    Arrays.stream(event.getParameterTypes())
                            .map(MicrometerListenerTest::any)
                            .toArray());

            assertThat(registry.getMeters()).as(event.getName()).anyMatch(MicrometerListenerTest::moved);
        }
    }

    @Test
    void everyMeterAndTagValue_isDocumented() throws Exception {
        events(1);
        String documented = Files.readString(Path.of("../docs/metrics.md"));

        for (Meter meter : registry.getMeters()) {
            assertThat(documented).contains("| `" + meter.getId().getName() + "` |");
            for (Tag tag : meter.getId().getTags()) {
                assertThat(documented).contains("`" + tag.getKey() + "`");
                if (!tag.getKey().equals("cache")) {
                    assertThat(documented).contains("`" + tag.getValue() + "`");
                }
            }
        }
    }

    @Test
    void eventsOfAKnownCache_allocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        events(20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        events(20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(20_000);
    }

    private void events(int times) {
        for (int i = 0; i < times; i++) {
            listener.hit("user");
            listener.bypass("user", BypassReason.WAIT);
            listener.load("user", TOOK, false);
            listener.fill("user", FillOutcome.STORED);
            listener.unreadable("user", "crc");
            listener.invalidated("user", 2);
        }
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double millis(String name, String... tags) {
        return registry.get(name).tags(tags).timer().totalTime(TimeUnit.MILLISECONDS);
    }

    private static List<Method> events() {
        List<Method> events = new ArrayList<>();
        for (Method method : CacheListener.class.getMethods()) {
            if (method.isDefault()) {
                events.add(method);
            }
        }
        return events;
    }

    private static Object any(Class<?> type) {
        if (type == String.class) {
            return "user";
        } else if (type == int.class) {
            return 1;
        } else if (type == boolean.class) {
            return false;
        } else if (type == Duration.class) {
            return TOOK;
        } else if (type == BackgroundQueue.class) {
            return new Waiting(3, TOOK);
        }
        return type.getEnumConstants()[0];
    }

    /** A queue as it is when asked. */
    private record Waiting(int size, Duration age) implements BackgroundQueue {}

    private static boolean moved(Meter meter) {
        double sum = 0;
        for (var measurement : meter.measure()) {
            sum += measurement.getValue();
        }
        return sum > 0;
    }
}
