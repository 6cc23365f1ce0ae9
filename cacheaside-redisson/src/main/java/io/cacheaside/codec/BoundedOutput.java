package io.cacheaside.codec;

import com.esotericsoftware.kryo.io.Output;

/** An output that counts what {@link BoundedInput} will allocate. */
final class BoundedOutput extends Output {

    private final Budget budget;

    BoundedOutput(Budget budget, int size, int most) {
        super(size, most);
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /** A number of elements that follow, of {@code bytesEach} bytes, which are copied {@code copies} times. */
    void writeLength(int length, int bytesEach, int copies) {
        for (int i = 0; i < copies; i++) {
            budget.chargeArray(length, bytesEach);
        }
        writeVarInt(length, true);
    }

    /** As {@link #writeLength}, of a new array. */
    void writeLength(int length, int bytesEach) {
        writeLength(length, bytesEach, 1);
    }

    /** The characters of {@code text}, all below 256, as one byte each. */
    @SuppressWarnings("deprecation") // drops the upper bytes, which are zero, and copies once instead of twice
    void writeLatin(String text) {
        int length = text.length();
        require(length);
        text.getBytes(0, length, buffer, position);
        position += length;
    }
}
