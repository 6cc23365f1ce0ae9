package io.cacheaside.codec;

import com.esotericsoftware.kryo.io.Output;

/** Arrays of primitives: the length, then the elements in their full width. */
final class JdkArrays {

    private JdkArrays() {}

    static void writeBooleans(Output out, boolean[] array) {
        out.writeVarInt(array.length, true);
        out.writeBooleans(array, 0, array.length);
    }

    static void writeBytes(Output out, byte[] array) {
        out.writeVarInt(array.length, true);
        out.writeBytes(array);
    }

    static void writeShorts(Output out, short[] array) {
        out.writeVarInt(array.length, true);
        out.writeShorts(array, 0, array.length);
    }

    static void writeChars(Output out, char[] array) {
        out.writeVarInt(array.length, true);
        out.writeChars(array, 0, array.length);
    }

    static void writeInts(Output out, int[] array) {
        out.writeVarInt(array.length, true);
        out.writeInts(array, 0, array.length);
    }

    static void writeLongs(Output out, long[] array) {
        out.writeVarInt(array.length, true);
        out.writeLongs(array, 0, array.length);
    }

    static long[] readLongs(BoundedInput in) {
        return in.readLongs(in.readLength(Long.BYTES));
    }

    static void writeFloats(Output out, float[] array) {
        out.writeVarInt(array.length, true);
        out.writeFloats(array, 0, array.length);
    }

    static void writeDoubles(Output out, double[] array) {
        out.writeVarInt(array.length, true);
        out.writeDoubles(array, 0, array.length);
    }
}
