package io.cacheaside.verification.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of Redis' protocol, RESP2 or RESP3, into whole requests or replies. Not thread-safe. */
final class FrameReader {

    private final InputStream in;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    FrameReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * The bytes of the next frame, null at the end of the stream.
     *
     * @throws EOFException where the stream ends inside a frame
     */
    byte @Nullable [] next() throws IOException {
        frame.reset();
        int first = in.read();
        if (first < 0) {
            return null;
        }
        read(first);
        return frame.toByteArray();
    }

    private void read(int type) throws IOException {
        String rest = line(type);
        switch (type) {
            case '$', '!', '=' -> bytes(Integer.parseInt(rest));
            case '*', '~', '>' -> elements(Integer.parseInt(rest));
            case '%' -> elements(2 * Integer.parseInt(rest));
            case '|' -> elements(2 * Integer.parseInt(rest) + 1); // what the attribute is one of comes behind it
            default -> {} // the line is all of it
        }
    }

    /** What stands between the type and the end of the line. */
    private String line(int type) throws IOException {
        StringBuilder rest = new StringBuilder();
        frame.write(type);
        int c;
        do {
            c = must(in.read());
            frame.write(c);
            rest.append((char) c);
        } while (c != '\n');
        return rest.toString().stripTrailing();
    }

    private void bytes(int length) throws IOException {
        if (length >= 0) {
            byte[] bytes = in.readNBytes(length + 2);
            must(bytes.length == length + 2 ? 0 : -1);
            frame.write(bytes);
        }
    }

    private void elements(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            read(must(in.read()));
        }
    }

    private static int must(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("the stream ends inside a frame");
        }
        return read;
    }
}
