package io.cacheaside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Lz4CodecTest {

    private static final KryoCodec PLAIN = KryoCodec.builder().build();
    private static final String LARGE = "all work and no play ".repeat(1_000);
    private static final ValueFormat FORMAT = new Lz4Codec(PLAIN, 100).formatOf(String.class);

    private static Object roundTrip(ValueFormat format, Object value) {
        return CodecFixture.decode(format, format.encode(value));
    }

    @Test
    void largePayload_isCompressedAndComesBack() {
        assertThat(FORMAT.encode(LARGE).length).isLessThan(LARGE.length() / 50);
        assertThat(roundTrip(FORMAT, LARGE)).isEqualTo(LARGE);
    }

    @Test
    void payloadUpToTheThreshold_isLeftAsItIs() {
        ValueFormat plain = PLAIN.formatOf(String.class);
        assertThat(FORMAT.encode("x".repeat(90))).startsWith(plain.encode("x".repeat(90)));
        assertThat(roundTrip(FORMAT, "x".repeat(90))).isEqualTo("x".repeat(90));
    }

    @Test
    void payloadThatLz4CannotShrink_isLeftAsItIs() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        ValueFormat format = new Lz4Codec(PLAIN, 0).formatOf(byte[].class);
        ValueFormat plain = PLAIN.formatOf(byte[].class);
        assertThat(format.encode(noise)).hasSize(plain.encode(noise).length + 1);
        assertThat(roundTrip(format, noise)).isEqualTo(noise);
    }

    @Test
    void plainAndCompressed_haveFingerprintsOfTheirOwn() {
        assertThat(FORMAT.fingerprint())
                .isEqualTo(new Lz4Codec(PLAIN, 9).formatOf(String.class).fingerprint())
                .isNotEqualTo(PLAIN.formatOf(String.class).fingerprint());
    }

    static Stream<byte[]> damaged() {
        byte[] good = FORMAT.encode(LARGE);
        int size = good.length - 5;
        return Stream.of(
                new byte[0],
                new byte[] {7},
                new byte[] {1},
                new byte[] {0, 0, 0, 0, 1},
                withSize(good, -1),
                withSize(good, Integer.MAX_VALUE),
                withSize(good, 255 * size + 1),
                withSize(good, LARGE.length() - 1),
                withSize(good, LARGE.length() + 100));
    }

    private static byte[] withSize(byte[] payload, int size) {
        byte[] other = payload.clone();
        ByteBuffer.wrap(other).putInt(other.length - 5, size);
        return other;
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void absurdPayload_isRefused(byte[] payload) {
        assertThatThrownBy(() -> CodecFixture.decode(FORMAT, payload)).isInstanceOf(CodecException.class);
    }

    @Test
    void moreThanIsAllowed_isNeitherCompressedNorInflated() {
        ValueFormat narrow = new Lz4Codec(PLAIN, 100).formatOf(String.class, 1_000);
        assertThatThrownBy(() -> narrow.encode(LARGE)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> CodecFixture.decode(narrow, FORMAT.encode(LARGE)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("does not hold");
    }

    @Test
    void negativeThreshold_isRefused() {
        assertThatThrownBy(() -> new Lz4Codec(PLAIN, -1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("-1 bytes");
    }
}
