package io.cacheaside.boot;

import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.AsyncCallPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.policy.RefreshPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Properties that hold together, and the namespace that follows from them.
 *
 * @param properties as bound
 * @param namespace configured, else the application's name, else {@code application}
 */
record CheckedSettings(CacheAsideProperties properties, String namespace) {

    private static final Logger log = LoggerFactory.getLogger(CheckedSettings.class);
    private static final String NAMELESS = "application";

    /**
     * The settings of one context.
     *
     * @throws ConfigurationException with every mistake in the properties
     */
    static CheckedSettings of(CacheAsideProperties properties, Environment environment) {
        PropertyCheck.check(properties, Strangers.in(environment));
        return new CheckedSettings(properties, namespace(properties, environment));
    }

    private static String namespace(CacheAsideProperties properties, Environment environment) {
        String name = first(properties.namespace(), environment.getProperty("spring.application.name"));
        if (name == null) {
            log.warn(
                    "Neither cacheaside.namespace nor spring.application.name is set: keys begin with '{}:', as those of"
                            + " every other nameless application on the same Redis do",
                    NAMELESS);
            return NAMELESS;
        }
        return name;
    }

    private static @Nullable String first(@Nullable String configured, @Nullable String otherwise) {
        return configured != null ? configured : otherwise == null || otherwise.isBlank() ? null : otherwise;
    }

    /** The longest {@code timeout} that any cache allows. */
    Duration longest(Function<CachePolicy, Duration> timeout) {
        CacheSettings defaults = properties.defaults().toCacheSettings();
        Stream<CacheSettings> caches = properties.caches().values().stream()
                .map(settings -> settings.toCacheSettings().orElse(defaults));
        return Stream.concat(Stream.of(defaults), caches)
                .map(settings -> timeout.apply(CachePolicy.of("any", settings)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** {@code builder} with what the properties say. */
    CacheAsideClientBuilder applyTo(CacheAsideClientBuilder builder) {
        builder.namespace(namespace)
                .defaults(properties.defaults().toCacheSettings())
                .seal(properties.codec().seal())
                .marks(new MarkPolicy(properties.markTtl()))
                .refresh(new RefreshPolicy(properties.refreshThreads()))
                .asyncCalls(new AsyncCallPolicy(properties.asyncCallThreads()))
                .background(properties.background().toBackgroundPolicy());
        properties.caches().forEach((name, settings) -> builder.cache(name, settings.toCacheSettings()));
        return builder;
    }
}
