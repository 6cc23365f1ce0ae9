package io.cacheaside.spi;

import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import java.lang.reflect.Type;

/** Turns values into payload bytes and back. The engine puts each payload into a frame that carries the fingerprint. */
public interface ValueCodec {

    /**
     * The format for values declared as {@code type}; all classes that may occur are derived from it.
     *
     * @throws ConfigurationException where the type can never be written, or two class ids collide
     */
    ValueFormat formatOf(Type type);

    /**
     * As {@link #formatOf(Type)}, for payloads up to {@code maxPayload} bytes. The engine writes and reads no larger ones
     * whatever the codec does; a codec that knows the limit can refuse earlier, and bound what it allocates.
     */
    default ValueFormat formatOf(Type type, int maxPayload) {
        return formatOf(type);
    }

    /** Reads and writes the values of one declared type. Thread-safe. Null is never passed: it is a frame's flag. */
    interface ValueFormat {

        /** Hash over class and field names and types, transitively; a frame with another one is not decoded. */
        long fingerprint();

        /**
         * The payload of {@code value}.
         *
         * @throws CodecException where it cannot be written
         */
        byte[] encode(Object value);

        /**
         * The value in {@code length} bytes from {@code offset}, a new instance each time.
         *
         * @throws CodecException for anything unreadable
         */
        Object decode(byte[] bytes, int offset, int length);
    }
}
