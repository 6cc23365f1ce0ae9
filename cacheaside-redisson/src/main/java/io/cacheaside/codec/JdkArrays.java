package io.cacheaside.codec;

/** Arrays of primitives: the length, then the elements in their full width. */
final class JdkArrays {

    private JdkArrays() {}

    static void writeBooleans(BoundedOutput out, boolean[] array) {
        out.writeLength(array.length, 1);
        out.writeBooleans(array, 0, array.length);
    }

    static void writeBytes(BoundedOutput out, byte[] array) {
        out.writeLength(array.length, 1);
        out.writeBytes(array);
    }

    static void writeShorts(BoundedOutput out, short[] array) {
        out.writeLength(array.length, Short.BYTES);
        out.writeShorts(array, 0, array.length);
    }

    static void writeChars(BoundedOutput out, char[] array) {
        out.writeLength(array.length, Character.BYTES);
        out.writeChars(array, 0, array.length);
    }

    static void writeInts(BoundedOutput out, int[] array) {
        out.writeLength(array.length, Integer.BYTES);
        out.writeInts(array, 0, array.length);
    }

    static void writeLongs(BoundedOutput out, long[] array) {
        out.writeLength(array.length, Long.BYTES);
        out.writeLongs(array, 0, array.length);
    }

    static long[] readLongs(BoundedInput in) {
        return in.readLongs(in.readLength(Long.BYTES));
    }

    static void writeFloats(BoundedOutput out, float[] array) {
        out.writeLength(array.length, Float.BYTES);
        out.writeFloats(array, 0, array.length);
    }

    static void writeDoubles(BoundedOutput out, double[] array) {
        out.writeLength(array.length, Double.BYTES);
        out.writeDoubles(array, 0, array.length);
    }
}
