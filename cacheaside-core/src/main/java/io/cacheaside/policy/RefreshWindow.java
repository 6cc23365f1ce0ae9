package io.cacheaside.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long before its end an entry is refreshed: a part of its lifetime plus a fixed time, of which usually one is zero.
 *
 * @param part of the entry's own lifetime
 */
public record RefreshWindow(double part, Duration fixed) {

    /** Nothing is refreshed. */
    public static final RefreshWindow OFF = new RefreshWindow(0, Duration.ZERO);

    private static final Pattern PERCENT = Pattern.compile("(-?\\d{1,9}(?:\\.\\d{1,9})?) ?%");

    /**
     * The window that {@code text} writes: {@code 20%}, or a duration as {@link Durations} reads it. Whether that makes sense
     * is for {@link CachePolicy} to say.
     *
     * @throws IllegalArgumentException with the accepted forms, where it writes none
     */
    public static RefreshWindow of(String text) {
        Matcher percent = PERCENT.matcher(text.trim());
        if (percent.matches()) {
            return new RefreshWindow(Double.parseDouble(percent.group(1)) / 100, Duration.ZERO);
        }
        try {
            return new RefreshWindow(0, Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no window: write 20% of the lifetime, or 10s, 500ms, PT10S before its end", e);
        }
    }

    /** True where nothing is refreshed. */
    public boolean isOff() {
        return equals(OFF);
    }

    /** How long before its end an entry that lives for {@code lifetimeMillis} is refreshed. */
    public long millisOf(long lifetimeMillis) {
        return Math.round(part * lifetimeMillis) + fixed.toMillis();
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return part == 0
                ? Durations.format(fixed)
                : String.format(Locale.ROOT, "%s%%", Math.round(part * 1e11) / 1e9)
                        .replace(".0%", "%");
    }
}
