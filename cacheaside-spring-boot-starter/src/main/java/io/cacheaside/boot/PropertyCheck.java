package io.cacheaside.boot;

import io.cacheaside.codec.KryoCodec;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.AsyncCallPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Durations;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.policy.RefreshPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Finds what is wrong in the settings, and tells all of it at once, each mistake with property and value. */
final class PropertyCheck {

    private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofHours(1);

    private final List<String> problems = new ArrayList<>();

    private PropertyCheck() {}

    /**
     * Returns when {@code properties} hold together.
     *
     * @param strangers properties under {@code cacheaside.} that are no settings
     * @throws ConfigurationException with every mistake
     */
    static void check(CacheAsideProperties properties, List<String> strangers) {
        PropertyCheck check = new PropertyCheck();
        check.problems.addAll(strangers);
        check.caches(properties.defaults().toCacheSettings(), new TreeMap<>(properties.caches()));
        check.holds(() -> new MarkPolicy(properties.markTtl()));
        check.holds(() -> new RefreshPolicy(properties.refreshThreads()));
        check.holds(properties.background()::toBackgroundPolicy);
        check.holds(() -> new AsyncCallPolicy(properties.asyncCallThreads()));
        check.redis(properties.redis());
        check.outbox(properties.outbox());
        check.warming(properties.warm());
        properties.codec().allowedPackages().forEach(check::allowedPackage);
        check.seal(properties.codec());
        check.compression(properties.codec().compressAbove());
        check.codec("cacheaside.defaults.codec", properties.defaults());
        properties.caches().forEach((name, settings) -> check.codec("cacheaside.caches." + name + ".codec", settings));
        if (!check.problems.isEmpty()) {
            throw new ConfigurationException(check.problems);
        }
    }

    private void caches(CacheSettings defaults, Map<String, CacheAsideProperties.Settings> caches) {
        if (holds("defaults", "cacheaside.defaults.", defaults)) {
            caches.forEach((name, settings) -> holds(
                    name,
                    "cacheaside.caches." + name + ".",
                    settings.toCacheSettings().orElse(defaults)));
        }
    }

    private boolean holds(String cache, String prefix, CacheSettings settings) {
        try {
            CachePolicy.of(cache, settings);
            return true;
        } catch (ConfigurationException e) {
            String named = "cache '" + cache + "': ";
            e.problems().forEach(problem -> problems.add(problem.replace(named, prefix)));
            return false;
        }
    }

    private void holds(Runnable policy) {
        try {
            policy.run();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    private void redis(CacheAsideProperties.Redis redis) {
        if (redis.database() != null && redis.database() < 0) {
            problems.add("cacheaside.redis.database = " + redis.database() + " is not a database: they count from 0");
        }
    }

    private void outbox(CacheAsideProperties.Outbox outbox) {
        Duration interval = outbox.pollInterval();
        if (interval.compareTo(SHORTEST_POLL) < 0 || interval.compareTo(LONGEST_POLL) > 0) {
            problems.add("cacheaside.outbox.poll-interval = " + Durations.format(interval)
                    + " is not in [10ms, 1m]: so late is a key removed whose writer died");
        }
    }

    private void warming(CacheAsideProperties.Warm warm) {
        attempt("cacheaside.warm.", warm::toWarmPolicy);
        attempt("cacheaside.warm.", warm.hotKeys()::toHotCallPolicy);
        Duration look = warm.lookForFlush();
        if (!look.isZero() && (look.compareTo(SHORTEST_LOOK) < 0 || look.compareTo(LONGEST_LOOK) > 0)) {
            problems.add(
                    "cacheaside.warm.look-for-flush = " + Durations.format(look) + " is not in [100ms, 1h]: 0 never");
        }
        warm.sources().forEach((name, source) -> source("cacheaside.warm.sources." + name, source));
    }

    private void source(String property, CacheAsideProperties.Source source) {
        if ((source.query() == null) == (source.file() == null)) {
            problems.add(property + " needs query or file, and not both");
        }
        if (source.cache() == null && source.method() == null) {
            problems.add(property + " needs cache, or method, to say what is called");
        }
    }

    private void attempt(String prefix, Runnable policy) {
        try {
            policy.run();
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> problems.add(prefix + problem));
        }
    }

    private void seal(CacheAsideProperties.Codec codec) {
        try {
            codec.seal();
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> problems.add("cacheaside.codec.secret or further-secret: " + problem));
        }
    }

    private void compression(@Nullable DataSize above) {
        if (above == null) {
            return;
        }
        if (above.isNegative() || above.compareTo(DataSize.ofMegabytes(1)) > 0) {
            problems.add("cacheaside.codec.compress-above = " + above + " is not in [0B, 1MB], the largest payload");
        }
        if (!CodecChoice.hasLz4()) {
            problems.add("cacheaside.codec.compress-above needs at.yawk.lz4:lz4-java on the class path");
        }
    }

    private void codec(String property, CacheAsideProperties.Settings settings) {
        if (settings.codec() == CacheAsideProperties.CodecKind.JSON && !CodecChoice.hasJackson()) {
            problems.add(property + " = json needs com.fasterxml.jackson.core:jackson-databind (Jackson 2) on the class"
                    + " path");
        }
    }

    private void allowedPackage(String name) {
        try {
            KryoCodec.builder().allowedPackages(name);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> problems.add("cacheaside.codec.allowed-packages: " + problem));
        }
    }
}
