package io.cacheaside.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final long FINGERPRINT = 0x0123_4567_89AB_CDEFL;
    private static final long CREATED = 1_790_000_000_000L;
    private static final String KEY = "shop:user:42";
    private static final Seal SEAL = Seal.of("0123456789abcdef0123456789abcdef");
    private static final Seal OTHER = Seal.of("fedcba9876543210fedcba9876543210");
    private static final byte[] PLAIN = Frame.value(FINGERPRINT, CREATED, 7_000_000, "payload".getBytes(UTF_8));
    private static final byte[] SEALED = Frame.sealed(PLAIN, KEY, SEAL);

    /** Written down with checksum and code computed outside Java. */
    private static final String GOLDEN =
            "ca5101020123456789abcdef000001a0c4506c00000000000000000000001b58000000076794862c7061796c"
                    + "6f6164a384af06f57c103a579432a0ebcee65d33f24e249b7272603c96e3ba15543669";

    private static final String GOLDEN_ABSENT =
            "ca5101030000000000000000000001a0c4506c0000000000000000000000000000000000207735d5cde8e0ad"
                    + "3101c87a0c35b8d3e3ae8c851e4c85a95ffb6f907aef3f4e9dee9921";

    @Test
    void goldenFrames_keepTheirBytes() {
        assertThat(HexFormat.of().formatHex(SEALED)).isEqualTo(GOLDEN);
        assertThat(HexFormat.of().formatHex(Frame.sealed(Frame.absent(CREATED), KEY, SEAL)))
                .isEqualTo(GOLDEN_ABSENT);
    }

    @Test
    void sealedFrame_isReadUnderItsKey() {
        Lookup.Value value = (Lookup.Value) Frame.read(SEALED, FINGERPRINT, KEY, SEAL);

        int end = value.payloadOffset() + value.payloadLength();
        assertThat(new String(Arrays.copyOfRange(SEALED, value.payloadOffset(), end), UTF_8))
                .isEqualTo("payload");
        assertThat(Frame.read(Frame.sealed(Frame.absent(CREATED), KEY, SEAL), 0, KEY, SEAL))
                .isEqualTo(new Lookup.Absent(CREATED));
    }

    @Test
    void frameMovedToAnotherKey_isUnreadable() {
        assertThat(causeOf(SEALED, "shop:user:43", SEAL)).isEqualTo("hmac");
    }

    @Test
    void otherSecret_isUnreadable() {
        assertThat(causeOf(SEALED, KEY, OTHER)).isEqualTo("hmac");
    }

    @Test
    void missingSeal_isUnreadable() {
        assertThat(causeOf(PLAIN, KEY, SEAL)).isEqualTo("hmac");
        assertThat(causeOf(Frame.absent(CREATED), KEY, SEAL)).isEqualTo("hmac");
    }

    @Test
    void sealWithoutASecretHere_isUnreadable() {
        assertThat(causeOf(SEALED, KEY, Seal.none())).isEqualTo("hmac");
    }

    /** Whoever can write to Redis can compute a checksum. */
    @Test
    void everyBitFlip_withARightChecksum_isUnreadable() {
        for (int bit = 0; bit < SEALED.length * 8; bit++) {
            byte[] forged = SEALED.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            repairChecksum(forged);
            if (!Arrays.equals(forged, SEALED)) {
                assertThat(Frame.read(forged, FINGERPRINT, KEY, SEAL))
                        .as("bit %d", bit)
                        .isInstanceOf(Lookup.Unreadable.class);
            }
        }
    }

    @Test
    void everyTruncation_isUnreadable() {
        for (int length = 0; length < SEALED.length; length++) {
            assertThat(causeOf(Arrays.copyOf(SEALED, length), KEY, SEAL)).isEqualTo("length");
        }
    }

    /** Shorter than header and seal: the rest is negative, and so may the declared length be. */
    @Test
    void negativeLength_isUnreadable() {
        byte[] forged = Arrays.copyOf(SEALED, Frame.OVERHEAD + 5);
        Arrays.fill(forged, 32, 36, (byte) 0xFF);
        forged[35] = (byte) (5 - Seal.LENGTH);

        assertThat(causeOf(forged, KEY, SEAL)).isEqualTo("length");
    }

    @Test
    void rotation_readsBothSecrets_andWritesTheFirst() {
        Seal both = OTHER.alsoReading("0123456789abcdef0123456789abcdef");

        assertThat(Frame.read(SEALED, FINGERPRINT, KEY, both)).isInstanceOf(Lookup.Value.class);
        byte[] rewritten = Frame.sealed(PLAIN, KEY, both);
        assertThat(Frame.read(rewritten, FINGERPRINT, KEY, OTHER)).isInstanceOf(Lookup.Value.class);
        assertThat(Frame.read(rewritten, FINGERPRINT, KEY, both)).isInstanceOf(Lookup.Value.class);
        assertThat(causeOf(rewritten, KEY, SEAL)).isEqualTo("hmac");
    }

    @Test
    void postponedFrame_isSealedAgain() {
        byte[] postponed = Frame.postponed(SEALED, 5, KEY, SEAL);

        assertThat(((Lookup.Value) Frame.read(postponed, FINGERPRINT, KEY, SEAL)).softDeadlineMillis())
                .isEqualTo(5);
        assertThat(((Lookup.Value) Frame.read(Frame.postponed(PLAIN, 5, KEY, Seal.none()), FINGERPRINT))
                        .softDeadlineMillis())
                .isEqualTo(5);
    }

    @Test
    void shortSecret_isRefused_andNotShown() {
        assertThatThrownBy(() -> Seal.of("hush"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("at least 32 bytes")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> SEAL.alsoReading("hush")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> Seal.none().alsoReading("0123456789abcdef0123456789abcdef"))
                .isInstanceOf(ConfigurationException.class);
        assertThat(SEAL).hasToString("Seal[…]");
    }

    private static void repairChecksum(byte[] forged) {
        int length = ByteBuffer.wrap(forged).getInt(32);
        if (length >= 0 && length <= forged.length - Frame.OVERHEAD) {
            CRC32C crc = new CRC32C();
            crc.update(forged, 0, 36);
            crc.update(forged, Frame.OVERHEAD, length);
            ByteBuffer.wrap(forged).putInt(36, (int) crc.getValue());
        }
    }

    private static String causeOf(byte[] bytes, String key, Seal seal) {
        return ((Lookup.Unreadable) Frame.read(bytes, FINGERPRINT, key, seal)).cause();
    }
}
