package io.cacheaside.samples.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a trace writes its requests: one 32-bit word each. */
enum TraceFormat {
    /** Big-endian product ids. */
    IDS(ByteOrder.BIG_ENDIAN),
    /** Little-endian database objects: bits 27-31 type, 10-26 id, 0-9 index. Each object becomes one product. */
    OBJECTS(ByteOrder.LITTLE_ENDIAN);

    private final ByteOrder order;

    TraceFormat(ByteOrder order) {
        this.order = order;
    }

    static TraceFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--format " + name + " is none of "
                        + Arrays.stream(values()).map(TraceFormat::optionName).collect(Collectors.joining(", "))));
    }

    /**
     * The likely format of these words: ids are small numbers, so that the first byte of each is 0; of objects that
     * byte is a part of the index, and not always 0.
     */
    static TraceFormat guess(byte[] words) {
        for (int i = 0; i < words.length; i += Integer.BYTES) {
            if (words[i] != 0) {
                return OBJECTS;
            }
        }
        return IDS;
    }

    String optionName() {
        return this == IDS ? "ids" : "objects";
    }

    int[] read(byte[] words) {
        int[] read = new int[words.length / Integer.BYTES];
        ByteBuffer.wrap(words).order(order).asIntBuffer().get(read);
        return read;
    }
}
