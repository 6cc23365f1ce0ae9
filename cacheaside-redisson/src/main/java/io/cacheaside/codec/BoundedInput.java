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

    private int elementsLeft;

    /** Starts reading {@code length} bytes of {@code bytes} from {@code offset}. */
    void start(byte[] bytes, int offset, int length) {
        setBuffer(bytes, offset, length);
        elementsLeft = length;
    }

    /** A number of elements that follow, each of at least {@code bytesEach} bytes. */
    int readLength(int bytesEach) {
        int length = readVarInt(true);
        if (length < 0 || length > (limit() - position()) / bytesEach) {
            throw new CodecException("a length of " + length + " is more than what follows");
        }
        return length;
    }

    /** A number of objects that follow. */
    int readElementCount() {
        int count = readLength(1);
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

    String readText() {
        int head = readVarInt(true);
        int length = head >>> 2;
        if (length > limit() - position()) {
            throw new CodecException("a text of " + length + " bytes is longer than what follows");
        }
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
