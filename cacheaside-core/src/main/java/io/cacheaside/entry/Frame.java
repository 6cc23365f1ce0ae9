package io.cacheaside.entry;

import io.cacheaside.entry.Lookup.Absent;
import io.cacheaside.entry.Lookup.Unreadable;
import io.cacheaside.entry.Lookup.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one entry, one of the {@link Frames} of its slot: a header of {@value #OVERHEAD} bytes, then the payload of the value codec, then, where there is
 * a secret, the code of a {@link Seal}. All numbers are big-endian; {@code docs/wire-format.md} tells the layout byte by byte.
 *
 * <p>No codec sees a byte before magic, version, flags, length, checksum, seal and fingerprint were all found right. The
 * checksum is looked at before the fingerprint, so "fingerprint" always means an intact entry of another type, never
 * damage.
 */
public final class Frame {

    /** Bytes that a frame adds to its payload. */
    public static final int OVERHEAD = 40;

    /** Stands for no soft deadline. */
    public static final long NO_DEADLINE = 0;

    private static final int MAGIC = 0;
    private static final int VERSION = 2;
    static final int FLAGS = 3;
    private static final int FINGERPRINT = 4;
    static final int CREATED = 12;
    private static final int SOFT_DEADLINE = 20;
    private static final int LOAD_COST = 28;
    static final int LENGTH = 32;
    private static final int CHECKSUM = 36;

    private static final short MAGIC_VALUE = (short) 0xCA51;
    private static final byte VERSION_1 = 1;
    static final byte ABSENT = 1;
    static final byte SEALED = 2;

    private static final long MAX_UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final byte[] EMPTY = {};

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private static final Unreadable BAD_MAGIC = new Unreadable("magic");
    private static final Unreadable BAD_VERSION = new Unreadable("version");
    private static final Unreadable BAD_FLAGS = new Unreadable("flags");
    private static final Unreadable BAD_LENGTH = new Unreadable("length");
    private static final Unreadable BAD_CHECKSUM = new Unreadable("crc");
    private static final Unreadable BAD_SEAL = new Unreadable("hmac");
    private static final Unreadable BAD_FINGERPRINT = new Unreadable("fingerprint");

    private Frame() {}

    /**
     * A new frame around a copy of {@code payload}.
     *
     * @param fingerprint of the value's format
     * @param createdMillis milliseconds since the epoch
     * @param loadCostNanos kept in microseconds, rounded up, at most 71 minutes; negative counts as 0
     */
    public static byte[] value(long fingerprint, long createdMillis, long loadCostNanos, byte[] payload) {
        return value(fingerprint, createdMillis, NO_DEADLINE, loadCostNanos, payload);
    }

    /**
     * As above, with a soft deadline.
     *
     * @param softDeadlineMillis milliseconds since the epoch from which on the value answers only where its load fails;
     *     {@link #NO_DEADLINE} for none
     */
    public static byte[] value(
            long fingerprint, long createdMillis, long softDeadlineMillis, long loadCostNanos, byte[] payload) {
        return frame((byte) 0, fingerprint, createdMillis, softDeadlineMillis, loadCostNanos, payload);
    }

    /** A copy of an intact single {@code frame} under {@code key} with another soft deadline, sealed where {@code seal} is on. */
    public static byte[] postponed(byte[] frame, long softDeadlineMillis, String key, Seal seal) {
        byte[] copy = Arrays.copyOf(frame, OVERHEAD + (int) INTS.get(frame, LENGTH));
        copy[FLAGS] &= ~SEALED;
        LONGS.set(copy, SOFT_DEADLINE, softDeadlineMillis);
        INTS.set(copy, CHECKSUM, checksum(copy));
        return sealed(copy, key, seal);
    }

    /** {@code frame}, which has no seal yet, as it is stored under {@code key}: itself where {@code seal} is off. */
    public static byte[] sealed(byte[] frame, String key, Seal seal) {
        if (!seal.isOn()) {
            return frame;
        }
        byte[] sealed = Arrays.copyOf(frame, frame.length + Seal.LENGTH);
        sealed[FLAGS] |= SEALED;
        INTS.set(sealed, CHECKSUM, checksum(sealed));
        seal.write(key, sealed);
        return sealed;
    }

    /** A new negative entry. It carries no fingerprint: an absence has no type. */
    public static byte[] absent(long createdMillis) {
        return frame(ABSENT, 0, createdMillis, NO_DEADLINE, 0, EMPTY);
    }

    /** What {@code bytes} without a seal say to a reader of {@code expectedFingerprint}. Never throws. */
    public static Lookup read(byte[] bytes, long expectedFingerprint) {
        return read(bytes, expectedFingerprint, "", Seal.none());
    }

    /**
     * What {@code bytes}, found under {@code key}, say to a reader of {@code expectedFingerprint}: nothing where they have
     * no seal that {@code seal} accepts, or have one and {@code seal} is off. Never throws, and copies only where the bytes
     * are several {@link Frames}: of those the first that says something is read.
     */
    public static Lookup read(byte[] bytes, long expectedFingerprint, String key, Seal seal) {
        Lookup newest = null;
        for (byte[] frame : Frames.split(bytes)) {
            Lookup lookup = readOne(frame, expectedFingerprint, key, seal);
            if (!(lookup instanceof Unreadable)) {
                return lookup;
            }
            newest = newest == null ? lookup : newest;
        }
        return newest == null ? BAD_LENGTH : newest;
    }

    private static Lookup readOne(byte[] bytes, long expectedFingerprint, String key, Seal seal) {
        if (bytes.length < OVERHEAD) {
            return BAD_LENGTH;
        }
        if ((short) SHORTS.get(bytes, MAGIC) != MAGIC_VALUE) {
            return BAD_MAGIC;
        }
        if (bytes[VERSION] != VERSION_1) {
            return BAD_VERSION;
        }
        return readVersion1(bytes, expectedFingerprint, key, seal);
    }

    /**
     * When the load of the entry in {@code bytes} began, milliseconds since the epoch by the filling JVM's clock. Looks at
     * no checksum; {@link Long#MAX_VALUE} for what is no frame of any version.
     */
    public static long loadBegan(byte[] bytes) {
        if (bytes.length < OVERHEAD || (short) SHORTS.get(bytes, MAGIC) != MAGIC_VALUE) {
            return Long.MAX_VALUE;
        }
        long loadMicros = (int) INTS.get(bytes, LOAD_COST) & MAX_UNSIGNED_INT;
        return (long) LONGS.get(bytes, CREATED) - loadMicros / 1_000;
    }

    /** The fingerprint that {@code bytes} tell of, whatever they are; of several frames that of the first. */
    public static long fingerprint(byte[] bytes) {
        return bytes.length < OVERHEAD ? 0 : (long) LONGS.get(bytes, FINGERPRINT);
    }

    static boolean isVersion1(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at + MAGIC) == MAGIC_VALUE && bytes[at + VERSION] == VERSION_1;
    }

    private static Lookup readVersion1(byte[] bytes, long expectedFingerprint, String key, Seal seal) {
        Unreadable damage = damage(bytes);
        if (damage != null) {
            return damage;
        }
        if (isSealed(bytes) != seal.isOn() || seal.isOn() && !seal.accepts(key, bytes)) {
            return BAD_SEAL;
        }
        long created = (long) LONGS.get(bytes, CREATED);
        if (isAbsent(bytes)) {
            return new Absent(created);
        }
        if ((long) LONGS.get(bytes, FINGERPRINT) != expectedFingerprint) {
            return BAD_FINGERPRINT;
        }
        long loadMicros = (int) INTS.get(bytes, LOAD_COST) & MAX_UNSIGNED_INT;
        long softDeadline = (long) LONGS.get(bytes, SOFT_DEADLINE);
        int length = (int) INTS.get(bytes, LENGTH);
        return new Value(bytes, OVERHEAD, length, created, softDeadline, loadMicros * 1_000);
    }

    private static @Nullable Unreadable damage(byte[] bytes) {
        if ((bytes[FLAGS] & ~(ABSENT | SEALED)) != 0) {
            return BAD_FLAGS;
        }
        int length = (int) INTS.get(bytes, LENGTH);
        int rest = bytes.length - OVERHEAD - (isSealed(bytes) ? Seal.LENGTH : 0);
        if (length < 0 || length != rest || isAbsent(bytes) && length != 0) {
            return BAD_LENGTH;
        }
        return (int) INTS.get(bytes, CHECKSUM) == checksum(bytes) ? null : BAD_CHECKSUM;
    }

    private static boolean isAbsent(byte[] bytes) {
        return (bytes[FLAGS] & ABSENT) != 0;
    }

    private static boolean isSealed(byte[] bytes) {
        return (bytes[FLAGS] & SEALED) != 0;
    }

    private static byte[] frame(
            byte flags,
            long fingerprint,
            long createdMillis,
            long softDeadlineMillis,
            long loadCostNanos,
            byte[] payload) {
        byte[] bytes = new byte[OVERHEAD + payload.length];
        SHORTS.set(bytes, MAGIC, MAGIC_VALUE);
        bytes[VERSION] = VERSION_1;
        bytes[FLAGS] = flags;
        LONGS.set(bytes, FINGERPRINT, fingerprint);
        LONGS.set(bytes, CREATED, createdMillis);
        LONGS.set(bytes, SOFT_DEADLINE, softDeadlineMillis);
        INTS.set(bytes, LOAD_COST, micros(loadCostNanos));
        INTS.set(bytes, LENGTH, payload.length);
        System.arraycopy(payload, 0, bytes, OVERHEAD, payload.length);
        INTS.set(bytes, CHECKSUM, checksum(bytes));
        return bytes;
    }

    private static int micros(long nanos) {
        long roundedUp = nanos <= 0 ? 0 : (nanos - 1) / 1_000 + 1;
        return (int) Math.min(roundedUp, MAX_UNSIGNED_INT);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM);
        crc.update(bytes, OVERHEAD, (int) INTS.get(bytes, LENGTH));
        return (int) crc.getValue();
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
    }
}
