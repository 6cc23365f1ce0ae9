package io.cacheaside.codec;

import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Compresses the payloads of another codec with LZ4 from some size on, where that makes them smaller. A payload is the
 * other codec's followed by a byte 0, or a block of LZ4, the size of what is in it as four bytes, big-endian, and a byte 1.
 * The fingerprint is another one than the other codec's, so that neither reads what the other wrote.
 *
 * <p>Needs {@code at.yawk.lz4:lz4-java}; its pure Java implementation with checked bounds is used. A size that is declared
 * larger than allowed, or than LZ4 can make of the block, is refused before anything is allocated.
 */
public final class Lz4Codec implements ValueCodec {

    private static final String WIRE_FORMAT = "cacheaside-lz4-1\n";
    private static final int MEGABYTE = 1 << 20;
    private static final byte PLAIN = 0;
    private static final byte COMPRESSED = 1;

    /** No block of LZ4 holds more for each of its bytes. */
    private static final int HIGHEST_RATIO = 255;

    private final ValueCodec other;
    private final int above;
    private final Block block;

    /**
     * A codec that compresses what {@code other} writes, if that is more than {@code above} bytes.
     *
     * @throws ConfigurationException where that is negative or the library is not there
     */
    public Lz4Codec(ValueCodec other, int above) {
        if (above < 0) {
            throw new ConfigurationException("payloads above " + above + " bytes cannot be compressed");
        }
        this.other = other;
        this.above = above;
        this.block = block();
    }

    private static Block block() {
        try {
            LZ4Factory factory = LZ4Factory.safeInstance();
            return new Block(factory.fastCompressor(), factory.safeDecompressor());
        } catch (LinkageError absent) {
            throw new ConfigurationException("compression needs at.yawk.lz4:lz4-java on the class path");
        }
    }

    @Override
    public ValueFormat formatOf(Type type) {
        return formatOf(type, MEGABYTE);
    }

    /** {@inheritDoc} The limit is that of the inflated payload, too. */
    @Override
    public ValueFormat formatOf(Type type, int maxPayload) {
        return new Format(other.formatOf(type, maxPayload), maxPayload);
    }

    /** Both directions of LZ4. Thread-safe. */
    private record Block(LZ4Compressor compressor, LZ4SafeDecompressor decompressor) {

        /** {@code plain} as a payload, compressed if that makes it smaller. */
        byte[] shrink(byte[] plain) {
            byte[] payload = new byte[compressor.maxCompressedLength(plain.length) + Integer.BYTES + 1];
            int length = compressor.compress(plain, 0, plain.length, payload, 0);
            if (length + Integer.BYTES >= plain.length) {
                return plain(plain);
            }
            ByteBuffer.wrap(payload).putInt(length, plain.length).put(length + Integer.BYTES, COMPRESSED);
            return Arrays.copyOf(payload, length + Integer.BYTES + 1);
        }

        static byte[] plain(byte[] plain) {
            byte[] payload = Arrays.copyOf(plain, plain.length + 1);
            payload[plain.length] = PLAIN;
            return payload;
        }

        byte[] inflate(byte[] bytes, int offset, int length, int max) {
            int size = length < 0 ? -1 : ByteBuffer.wrap(bytes).getInt(offset + length);
            if (size < 0 || size > max || size > (long) HIGHEST_RATIO * length) {
                throw new CodecException("a block of " + length + " bytes does not hold the " + size + " it says");
            }
            byte[] plain = new byte[size];
            try {
                if (decompressor.decompress(bytes, offset, length, plain, 0) != size) {
                    throw new CodecException("a block holds less than it says");
                }
            } catch (LZ4Exception e) {
                throw new CodecException("a block cannot be inflated", e);
            }
            return plain;
        }
    }

    private final class Format implements ValueFormat {

        private final ValueFormat plain;
        private final int maxInflated;
        private final long fingerprint;

        Format(ValueFormat plain, int maxInflated) {
            this.plain = plain;
            this.maxInflated = maxInflated;
            this.fingerprint = Fingerprints.of(WIRE_FORMAT + Long.toHexString(plain.fingerprint()));
        }

        @Override
        public long fingerprint() {
            return fingerprint;
        }

        @Override
        public byte[] encode(Object value) {
            byte[] payload = plain.encode(value);
            return payload.length <= above || payload.length > maxInflated
                    ? Block.plain(payload)
                    : block.shrink(payload);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            if (length < 1) {
                throw new CodecException("an empty payload");
            }
            return switch (bytes[offset + length - 1]) {
                case PLAIN -> plain.decode(bytes, offset, length - 1);
                case COMPRESSED -> {
                    byte[] inflated = block.inflate(bytes, offset, length - 1 - Integer.BYTES, maxInflated);
                    yield plain.decode(inflated, 0, inflated.length);
                }
                default -> throw new CodecException("neither a plain payload nor a compressed one");
            };
        }
    }
}
