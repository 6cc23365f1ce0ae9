package io.cacheaside.engine;

import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Values of one cache to stored bytes and back. Anything unreadable is a miss, anything unwritable is not stored, whatever
 * the codec throws.
 */
final class Entries {

    /** What {@link #decode} answers for bytes that are no readable entry. Null means a remembered absence. */
    static final Object UNREADABLE = new Object();

    private final String cache;
    private final ValueFormat format;
    private final CacheListener listener;
    private final LogOnce log = new LogOnce(LoggerFactory.getLogger(Entries.class));

    Entries(String cache, ValueFormat format, CacheListener listener) {
        this.cache = cache;
        this.format = format;
        this.listener = listener;
    }

    @Nullable
    Object decode(String key, byte[] frame) {
        Lookup lookup = Frame.read(frame, format.fingerprint());
        if (lookup instanceof Lookup.Value value) {
            try {
                return format.decode(frame, value.payloadOffset(), value.payloadLength());
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return unreadable(key, "payload", e);
            }
        }
        if (lookup instanceof Lookup.Unreadable unreadable) {
            return unreadable(key, unreadable.cause(), null);
        }
        return null;
    }

    /** The frame of {@code value} (null: an absence), or null where it cannot be written. */
    byte @Nullable [] encode(String key, @Nullable Object value, long loadCostNanos) {
        long now = System.currentTimeMillis();
        if (value == null) {
            return Frame.absent(now);
        }
        try {
            return Frame.value(format.fingerprint(), now, loadCostNanos, format.encode(value));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            listener.unwritable(cache);
            log.warn(
                    "unwritable " + value.getClass().getName(),
                    "Cache '{}': {} under key {} cannot be written and is not stored",
                    cache,
                    value.getClass().getName(),
                    key,
                    e);
            return null;
        }
    }

    private Object unreadable(String key, String cause, @Nullable Throwable failure) {
        listener.unreadable(cache, cause);
        log.warn(
                "unreadable " + cause,
                "Cache '{}': the entry under key {} cannot be read ({}); it counts as a miss",
                cache,
                key,
                cause,
                failure);
        return UNREADABLE;
    }
}
