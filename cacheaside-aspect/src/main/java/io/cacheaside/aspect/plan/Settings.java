package io.cacheaside.aspect.plan;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Durations;
import io.cacheaside.policy.Expiry;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.policy.RefreshWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the durations of an annotation. */
final class Settings {

    private Settings() {}

    /** What {@code read} declares; a wrong duration counts as not declared after its problem was added. */
    static CacheSettings declared(CacheAside read, String where, Problems problems) {
        return CacheSettings.builder()
                .ttl(ttl(where + " ttl", read.ttl(), problems))
                .expiry(
                        switch (read.expiry()) {
                            case CONFIGURED -> null;
                            case AFTER_WRITE -> Expiry.AFTER_WRITE;
                            case AFTER_ACCESS -> Expiry.AFTER_ACCESS;
                        })
                .maxLifetime(duration(where + " maxLifetime", read.maxLifetime(), problems))
                .nullTtl(duration(where + " nullTtl", read.nullTtl(), problems))
                .staleFor(duration(where + " staleFor", read.staleFor(), problems))
                .refreshAhead(window(where + " refreshAhead", read.refreshAhead(), problems))
                .earlyExpiration(read.earlyExpiration() == CacheAside.CONFIGURED ? null : read.earlyExpiration())
                .lease(duration(where + " lease", read.lease(), problems))
                .waitFor(duration(where + " waitFor", read.waitFor(), problems))
                .insideTransaction(
                        switch (read.insideTransaction()) {
                            case CONFIGURED -> null;
                            case BYPASS -> InsideTransaction.BYPASS;
                            case NEW_READ_TX -> InsideTransaction.NEW_READ_TX;
                        })
                .build();
    }

    /** What {@code write} declares; a wrong duration counts as not declared after its problem was added. */
    static InvalidationPolicy declared(Invalidate write, String where, Problems problems) {
        Duration settle = duration(where + " settle", write.settle(), problems);
        InvalidationPolicy policy =
                new InvalidationPolicy(write.strict(), settle == null ? Duration.ZERO : settle, write.durable());
        InvalidationPolicy telling =
                write.onUnconfirmed() == Invalidate.OnUnconfirmed.THROW ? policy.thatThrows() : policy;
        return write.async() ? telling.inBackground() : telling;
    }

    private static @Nullable RefreshWindow window(String where, String text, Problems problems) {
        return text.isEmpty() ? null : problems.attempt(where, () -> RefreshWindow.of(text));
    }

    /** What {@code write} declares; a wrong duration counts as not declared after its problem was added. */
    static CacheSettings declared(WriteThrough write, String where, Problems problems) {
        return CacheSettings.builder()
                .ttl(ttl(where + " ttl", write.ttl(), problems))
                .build();
    }

    private static @Nullable Duration ttl(String where, String text, Problems problems) {
        if (OwnTtl.isExpression(text)) {
            return null;
        }
        if (text.startsWith("#") && !text.startsWith("#{")) {
            problems.attempt(where, () -> noDuration(text));
            return null;
        }
        Duration ttl = duration(where, text, problems);
        if (ttl != null && ttl.isZero()) {
            problems.add(where, "'" + text + "': there is always a lifetime, so zero is refused");
            return null;
        }
        return ttl;
    }

    private static Duration noDuration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or an expression as #{" + text + "}", e);
        }
    }

    private static @Nullable Duration duration(String where, String text, Problems problems) {
        Duration duration = text.isEmpty() ? null : problems.attempt(where, () -> Durations.parse(text));
        if (duration != null && duration.isNegative()) {
            problems.add(where, "'" + text + "' is negative");
            return null;
        }
        return duration;
    }
}
