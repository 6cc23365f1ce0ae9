package io.cacheaside.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;

/**
 * How strings are written: four times the number of bytes plus the encoding as a variable-length integer, then the bytes.
 * Latin-1 where it is enough, UTF-8 for other well-formed text, UTF-16 for strings with a lone surrogate, which UTF-8
 * would lose.
 */
final class Text {

    static final int LATIN = 0;
    static final int UTF8 = 1;
    static final int UTF16 = 2;

    private Text() {}

    /** What reading {@code length} bytes allocates. */
    static long cost(int encoding, int length) {
        return encoding == LATIN ? 48 + length : (encoding == UTF8 ? 80 : 256) + 5L * length;
    }

    static void write(Output output, String text) {
        BoundedOutput bounded = (BoundedOutput) output;
        int encoding = encodingOf(text);
        if (encoding == LATIN) {
            bounded.budget().charge(cost(LATIN, text.length()));
            bounded.writeVarInt(text.length() << 2 | LATIN, true);
            bounded.writeLatin(text);
            return;
        }
        byte[] bytes = encoding == UTF16 ? utf16(text) : text.getBytes(UTF_8);
        bounded.budget().charge(cost(encoding, bytes.length));
        bounded.writeVarInt(bytes.length << 2 | encoding, true);
        bounded.writeBytes(bytes);
    }

    private static int encodingOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return encodingOfWide(text, i);
            }
        }
        return LATIN;
    }

    private static int encodingOfWide(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return UTF16;
                }
                i++;
            }
        }
        return UTF8;
    }

    /** Unlike {@link String#getBytes}, keeps lone surrogates. */
    private static byte[] utf16(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 2);
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }
}
