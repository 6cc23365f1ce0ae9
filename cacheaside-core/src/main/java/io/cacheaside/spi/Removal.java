package io.cacheaside.spi;

import java.time.Duration;

/**
 * One key to invalidate.
 *
 * @param key complete key
 * @param mark token of the mark that is dropped with it; {@link #NO_MARK} where the write has set none
 * @param settle how long nothing is stored under the key afterwards; zero: not at all
 */
public record Removal(String key, long mark, Duration settle) {

    /** Stands for no mark; never a token. */
    public static final long NO_MARK = 0;

    /** A key that is removed and nothing else. */
    public static Removal of(String key) {
        return new Removal(key, NO_MARK, Duration.ZERO);
    }

    /** True where nothing but the value and its lease is concerned. */
    public boolean isPlain() {
        return mark == NO_MARK && settle.isZero();
    }
}
