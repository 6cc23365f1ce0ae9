package io.cacheaside.verification.freshness;

import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshWindow;
import java.time.Duration;
import java.util.Locale;

/** How one entry is kept while it is read all the time; each is a cache of its name. */
enum Way {
    /** Lives for the whole proof: what a plain hit takes. */
    LASTING,
    /** Ends, and a reader that misses loads it. */
    EXPIRING,
    /** Refresh-ahead. */
    AHEAD,
    /** XFetch. */
    XFETCH;

    String cache() {
        return name().toLowerCase(Locale.ROOT);
    }

    CacheSettings settings(FreshnessPlan plan) {
        CacheSettings.Builder settings = CacheSettings.builder()
                .jitter(0.0)
                .lease(plan.patience())
                .leaseTimeout(plan.patience())
                .readTimeout(plan.patience())
                .waitFor(plan.patience())
                .maxLoad(plan.patience());
        return switch (this) {
            case LASTING -> settings.ttl(Duration.ofHours(1)).build();
            case EXPIRING -> settings.ttl(plan.ttl()).build();
            case AHEAD ->
                settings.ttl(plan.ttl())
                        .refreshAhead(RefreshWindow.of(plan.window()))
                        .build();
            case XFETCH -> settings.ttl(plan.ttl()).earlyExpiration(plan.beta()).build();
        };
    }
}
