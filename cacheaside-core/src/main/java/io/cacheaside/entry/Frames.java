package io.cacheaside.entry;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one slot, the newest first: one of each version of the value's type while versions of an application run
 * beside each other, usually a single one. They are one string under one key with one lifetime, so what removes a key
 * removes all of them.
 */
public final class Frames {

    /** More versions at a time replace each other's entries. */
    public static final int MOST = 4;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /**
     * What a fill of {@code frame} leaves in a slot with {@code stored}: the frame itself, then the values there of other
     * versions, that is of another fingerprint, or sealed where it is not or the other way round. An absence is valid for
     * all versions, so it stands alone.
     */
    public static byte[] beside(byte[] frame, byte @Nullable [] stored) {
        if (stored == null || sizeAt(frame, 0) != frame.length || isAbsent(frame)) {
            return frame;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(frame.length + stored.length);
        all.writeBytes(frame);
        int count = 1;
        int at = 0;
        for (int size = sizeAt(stored, at); size > 0 && count < MOST; size = sizeAt(stored, at)) {
            byte[] other = Arrays.copyOfRange(stored, at, at + size);
            if (!isAbsent(other) && !isSameVersion(frame, other)) {
                all.writeBytes(other);
                count++;
            }
            at += size;
        }
        return all.toByteArray();
    }

    /**
     * Those frames of {@code stored} whose loads began at {@code beganMillis} or later; null for none. What is no frame
     * counts as one, as in {@link Frame#loadBegan}.
     */
    public static byte @Nullable [] since(long beganMillis, byte[] stored) {
        List<byte[]> all = split(stored);
        if (all.size() == 1) {
            return Frame.loadBegan(stored) >= beganMillis ? stored : null;
        }
        List<byte[]> kept = all.stream()
                .filter(frame -> Frame.loadBegan(frame) >= beganMillis)
                .toList();
        if (kept.size() == all.size()) {
            return stored;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream(stored.length);
        kept.forEach(rest::writeBytes);
        return kept.isEmpty() ? null : rest.toByteArray();
    }

    /** The single frames; {@code stored} itself where it is only one, or not frames to the last byte. */
    static List<byte[]> split(byte[] stored) {
        int first = sizeAt(stored, 0);
        if (first <= 0 || first == stored.length) {
            return List.of(stored);
        }
        List<byte[]> frames = new ArrayList<>(MOST);
        int at = 0;
        while (at < stored.length) {
            int size = sizeAt(stored, at);
            if (size <= 0 || frames.size() == MOST) {
                return List.of(stored);
            }
            frames.add(Arrays.copyOfRange(stored, at, at + size));
            at += size;
        }
        return frames;
    }

    /** Bytes of the frame that begins at {@code at} and ends in {@code bytes}, by what its header says; 0 for none. */
    private static int sizeAt(byte[] bytes, int at) {
        if (bytes.length - at < Frame.OVERHEAD || !Frame.isVersion1(bytes, at)) {
            return 0;
        }
        int length = (int) INTS.get(bytes, at + Frame.LENGTH);
        int around = Frame.OVERHEAD + ((bytes[at + Frame.FLAGS] & Frame.SEALED) != 0 ? Seal.LENGTH : 0);
        return length < 0 || length > bytes.length - at - around ? 0 : around + length;
    }

    private static boolean isAbsent(byte[] frame) {
        return (frame[Frame.FLAGS] & Frame.ABSENT) != 0;
    }

    /** Flags and fingerprint stand side by side. */
    private static boolean isSameVersion(byte[] one, byte[] other) {
        return Arrays.equals(one, Frame.FLAGS, Frame.CREATED, other, Frame.FLAGS, Frame.CREATED);
    }
}
