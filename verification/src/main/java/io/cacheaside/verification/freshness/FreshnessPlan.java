package io.cacheaside.verification.freshness;

import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.verification.Options;
import java.time.Duration;
import java.util.Set;

/**
 * What to do: read one key {@code rate} times a second in {@code jvms} JVMs together, while it ends {@code expiries} times.
 *
 * @param load how long its method takes
 * @param window of refresh-ahead
 * @param beta of XFetch
 */
record FreshnessPlan(int rate, int jvms, int expiries, Duration ttl, Duration load, String window, double beta) {

    static FreshnessPlan of(Options options) {
        options.only(Set.of("rate", "jvms", "expiries", "ttl", "load", "window", "beta"));
        return new FreshnessPlan(
                options.positive("rate", 1_000),
                options.positive("jvms", 3),
                options.positive("expiries", 10),
                options.duration("ttl", Duration.ofSeconds(2)),
                options.duration("load", Duration.ofMillis(50)),
                options.text("window", "20%"),
                Double.parseDouble(options.text("beta", "1.0")));
    }

    String[] arguments() {
        return new String[] {
            "--rate",
            "" + rate / jvms,
            "--ttl",
            ttl.toString(),
            "--load",
            load.toString(),
            "--window",
            window,
            "--beta",
            "" + beta
        };
    }

    /** Long enough for a starved machine. */
    Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** How long before the end a refresh may begin. */
    long windowMillis() {
        return RefreshWindow.of(window).millisOf(ttl.toMillis());
    }

    /** How long it takes until the entry has ended so often, and once more. */
    Duration length() {
        return ttl.plus(load).multipliedBy(expiries + 1L);
    }
}
