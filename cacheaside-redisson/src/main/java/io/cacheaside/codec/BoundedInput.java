package io.cacheaside.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.io.Input;
import io.cacheaside.error.CodecException;
import java.nio.ByteBuffer;

/**
 * An input that believes no length: every declared number of bytes must be there, and all declared elements together
 * cannot be more than the bytes of the payload, since each takes at least one. So nothing is allocated that the payload
 * could not fill.
 *
 * <p>Strings are read here because Kryo's own reader sets a bit in the array while it reads, and the array may be read
 * by several threads at once.
 */
final class BoundedInput extends Input {

    private static final int LONGEST_NAME = 1_024;

    private final Budget budget;
    private int elementsLeft;

    BoundedInput(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /** Starts reading {@code length} bytes of {@code bytes} from {@code offset}. */
    void start(byte[] bytes, int offset, int length) {
        setBuffer(bytes, offset, length);
        elementsLeft = length;
        budget.start(length);
    }

    /** A number of elements that follow, each of {@code bytesEach} bytes, which will be copied {@code copies} times. */
    int readLength(int bytesEach, int copies) {
        int length = readBelievable(bytesEach);
        for (int i = 0; i < copies; i++) {
            budget.chargeArray(length, bytesEach);
        }
        return length;
    }

    /** As {@link #readLength(int, int)}, for a new array. */
    int readLength(int bytesEach) {
        return readLength(bytesEach, 1);
    }

    private int readBelievable(int bytesEach) {
        int length = readVarInt(true);
        if (length < 0 || length > (limit() - position()) / bytesEach) {
            throw new CodecException("a length of " + length + " is more than what follows");
        }
        return length;
    }

    /** A number of objects that follow. */
    int readElementCount() {
        int count = readBelievable(1);
        claimElements(count);
        return count;
    }

    /** Counts {@code count} more objects as declared. */
    void claimElements(int count) {
        elementsLeft -= count;
        if (elementsLeft < 0) {
            throw new CodecException("more elements are declared than there are bytes");
        }
    }

    /** The name of a class: no longer than one can be. */
    String readName() {
        return readText(LONGEST_NAME);
    }

    String readText() {
        return readText(Integer.MAX_VALUE);
    }

    private String readText(int longest) {
        int head = readVarInt(true);
        int length = head >>> 2;
        if (length > longest) {
            throw new CodecException("a name of " + length + " bytes is too long");
        }
        if (length > limit() - position()) {
            throw new CodecException("a text of " + length + " bytes is longer than what follows");
        }
        budget.charge(Text.cost(head & 3, length));
        int start = position();
        setPosition(start + length);
        return switch (head & 3) {
            case Text.LATIN -> new String(getBuffer(), start, length, ISO_8859_1);
            case Text.UTF8 -> new String(getBuffer(), start, length, UTF_8);
            case Text.UTF16 ->
                ByteBuffer.wrap(getBuffer(), start, length).asCharBuffer().toString();
            default -> throw new CodecException("unknown encoding of a text");
        };
    }
}
