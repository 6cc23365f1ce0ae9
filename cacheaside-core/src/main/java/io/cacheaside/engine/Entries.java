package io.cacheaside.engine;

import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.entry.Seal;
import io.cacheaside.error.CodecException;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one cache to stored bytes and back. Anything unreadable is a miss, anything unwritable is not stored, whatever
 * the codec throws.
 */
final class Entries {

    /** What {@link #decode} answers for bytes that are no readable entry. Null means a remembered absence. */
    static final Object UNREADABLE = new Object();

    /** What {@link #decode} answers for a value past its soft deadline. */
    static final Object EXPIRED = new Object();

    private static final long UNBOUNDED = Long.MAX_VALUE;
    private static final Lookup TOO_LARGE = new Lookup.Unreadable("size");

    private final String cache;
    private final long mostMillis;
    private final int maxPayload;
    private final String type;
    private final ValueFormat format;
    private final Seal seal;
    private final CacheListener listener;
    private final LogOnce log;

    Entries(CachePolicy policy, Type type, ValueFormat format, Seal seal, CacheListener listener, LogOnce log) {
        this.cache = policy.cache();
        this.mostMillis = policy.slides() ? policy.maxLifetime().toMillis() : UNBOUNDED;
        this.maxPayload = policy.maxPayload();
        this.type = type.getTypeName();
        this.log = log;
        this.format = format;
        this.seal = seal;
        this.listener = listener;
    }

    /**
     * True for what the store gave and {@link #decode} may answer a caller. An absence is none where hits prolong: who stored
     * it did not know of that.
     */
    boolean isAnswer(@Nullable Object decoded) {
        return decoded != UNREADABLE && decoded != EXPIRED && (decoded != null || mostMillis == UNBOUNDED);
    }

    @Nullable
    Object decode(String key, byte[] frame) {
        return decode(key, frame, false, null);
    }

    /** As above, and shows {@code seen} the value that is the answer. */
    @Nullable
    Object decode(String key, byte[] frame, @Nullable Consumer<Lookup.Value> seen) {
        return decode(key, frame, false, seen);
    }

    /** As {@link #decode}, but a value past its soft deadline is one. */
    @Nullable
    Object decodeExpired(String key, byte[] frame) {
        return decode(key, frame, true, null);
    }

    /** When the value in an intact {@code frame} was filled, and its soft deadline; null for an absence. */
    Lookup.@Nullable Value header(String key, byte[] frame) {
        return read(key, frame) instanceof Lookup.Value value ? value : null;
    }

    /** A copy of the frame of {@code value} with another soft deadline. */
    byte[] postponed(String key, Lookup.Value value, long softDeadlineMillis) {
        return Frame.postponed(value.frame(), softDeadlineMillis, key, seal);
    }

    /** What {@code frame} says; tells nobody. */
    Lookup look(String key, byte[] frame) {
        Lookup lookup = read(key, frame);
        return lookup instanceof Lookup.Value value && value.payloadLength() > maxPayload ? TOO_LARGE : lookup;
    }

    /** Why {@code lookup} cannot be read, in one word; null where it can. */
    static @Nullable String told(Lookup lookup) {
        return lookup instanceof Lookup.Unreadable unreadable ? unreadable.cause() : null;
    }

    /** The object in {@code value}; tells nobody, and throws what the codec throws. */
    Object decoded(Lookup.Value value) {
        return format.decode(value.frame(), value.payloadOffset(), value.payloadLength());
    }

    private Lookup read(String key, byte[] frame) {
        return Frame.read(frame, format.fingerprint(), key, seal);
    }

    /** Where hits prolong, a value that somebody stored who did not know of that has no other bound. */
    private boolean isTooOld(Lookup.Value value) {
        return mostMillis != UNBOUNDED && System.currentTimeMillis() - value.createdMillis() >= mostMillis;
    }

    private @Nullable Object decode(
            String key, byte[] frame, boolean alsoExpired, @Nullable Consumer<Lookup.Value> seen) {
        Lookup lookup = read(key, frame);
        if (lookup instanceof Lookup.Value value) {
            if (!alsoExpired && (value.isExpired() || isTooOld(value))) {
                return EXPIRED;
            }
            if (value.payloadLength() > maxPayload) {
                return unreadable(key, "size", null);
            }
            try {
                Object decoded = format.decode(value.frame(), value.payloadOffset(), value.payloadLength());
                if (seen != null) {
                    seen.accept(value);
                }
                return decoded;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return unreadable(key, "payload", e);
            }
        }
        if (lookup instanceof Lookup.Unreadable unreadable) {
            return unreadable(key, unreadable.cause(), null);
        }
        return null;
    }

    /**
     * The frame of {@code value} (null: an absence), or null where it cannot be written.
     *
     * @param soft after how long the value answers only where its load fails; null: never
     */
    byte @Nullable [] encode(String key, @Nullable Object value, @Nullable Duration soft, long loadCostNanos) {
        long now = System.currentTimeMillis();
        if (value == null) {
            return Frame.sealed(Frame.absent(now), key, seal);
        }
        try {
            long deadline = soft == null ? Frame.NO_DEADLINE : now + soft.toMillis();
            byte[] payload = format.encode(value);
            if (payload.length > maxPayload) {
                throw new CodecException("a payload of " + payload.length + " bytes is larger than " + maxPayload);
            }
            byte[] frame = Frame.value(format.fingerprint(), now, deadline, loadCostNanos, payload);
            return Frame.sealed(frame, key, seal);
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
                "unreadable " + cause + " " + type,
                "Cache '{}': the entry under key {} cannot be read as a {} ({}); it counts as a miss",
                cache,
                key,
                type,
                cause,
                failure);
        return UNREADABLE;
    }
}
