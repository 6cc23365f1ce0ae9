package io.cacheaside.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static final long FINGERPRINT = 0x0123_4567_89AB_CDEFL;
    private static final long CREATED = 1_790_000_000_000L;
    private static final byte[] PAYLOAD = "payload".getBytes(UTF_8);

    /** Written down with a checksum computed outside Java. */
    private static final String GOLDEN_VALUE = "ca510100" + "0123456789abcdef" + "000001a0c4506c00" + "0000000000000000"
            + "00001b58" + "00000007" + "d9f8da8b" + "7061796c6f6164";

    private static final String GOLDEN_ABSENT = "ca510101" + "0000000000000000" + "000001a0c4506c00"
            + "0000000000000000" + "00000000" + "00000000" + "9405638b";

    @Test
    void value_isReadBackWithoutACopy() {
        byte[] frame = Frame.value(FINGERPRINT, CREATED, 3_000, PAYLOAD);

        Lookup.Value value = (Lookup.Value) Frame.read(frame, FINGERPRINT);

        assertThat(value.frame()).isSameAs(frame);
        assertThat(Arrays.copyOfRange(frame, value.payloadOffset(), value.payloadOffset() + value.payloadLength()))
                .isEqualTo(PAYLOAD);
        assertThat(value.createdMillis()).isEqualTo(CREATED);
        assertThat(value.loadCostNanos()).isEqualTo(3_000);
    }

    @Test
    void overhead_isFortyBytes() {
        assertThat(Frame.value(FINGERPRINT, CREATED, 0, PAYLOAD)).hasSize(40 + PAYLOAD.length);
    }

    @Test
    void emptyPayload_isAValue() {
        assertThat(Frame.read(Frame.value(0, 0, 0, new byte[0]), 0)).isInstanceOf(Lookup.Value.class);
    }

    @Test
    void absent_isReadByEveryType() {
        byte[] frame = Frame.absent(CREATED);

        assertThat(Frame.read(frame, FINGERPRINT)).isEqualTo(new Lookup.Absent(CREATED));
        assertThat(Frame.read(frame, 1)).isEqualTo(new Lookup.Absent(CREATED));
    }

    @Test
    void otherFingerprint_isUnreadable() {
        assertThat(causeOf(Frame.value(FINGERPRINT, CREATED, 0, PAYLOAD), FINGERPRINT + 1))
                .isEqualTo("fingerprint");
    }

    @Test
    void everyTruncation_isUnreadable() {
        for (byte[] frame : new byte[][] {Frame.value(FINGERPRINT, CREATED, 5, PAYLOAD), Frame.absent(CREATED)}) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(causeOf(Arrays.copyOf(frame, length), FINGERPRINT)).isEqualTo("length");
            }
        }
    }

    @Test
    void everyBitFlip_isUnreadable() {
        for (byte[] frame : new byte[][] {Frame.value(FINGERPRINT, CREATED, 5, PAYLOAD), Frame.absent(CREATED)}) {
            for (int bit = 0; bit < frame.length * 8; bit++) {
                byte[] damaged = frame.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(Frame.read(damaged, FINGERPRINT)).as("bit %d", bit).isInstanceOf(Lookup.Unreadable.class);
            }
        }
    }

    @Test
    void trailingByte_isUnreadable() {
        byte[] frame = Frame.value(FINGERPRINT, CREATED, 5, PAYLOAD);

        assertThat(causeOf(Arrays.copyOf(frame, frame.length + 1), FINGERPRINT)).isEqualTo("length");
    }

    @Test
    void damage_isToldByItsPlace() {
        assertThat(causeOf(withByte(0, 0), FINGERPRINT)).isEqualTo("magic");
        assertThat(causeOf(withByte(2, 2), FINGERPRINT)).isEqualTo("version");
        assertThat(causeOf(withByte(3, 4), FINGERPRINT)).isEqualTo("flags");
        assertThat(causeOf(withByte(3, 1), FINGERPRINT)).isEqualTo("length");
        assertThat(causeOf(withByte(32, 0xFF), FINGERPRINT)).isEqualTo("length");
        assertThat(causeOf(withByte(4, 0xFF), FINGERPRINT)).isEqualTo("crc");
        assertThat(causeOf(withByte(40, 0xFF), FINGERPRINT)).isEqualTo("crc");
    }

    @Test
    void foreignBytes_areUnreadable() {
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            assertThat(Frame.read(garbage, FINGERPRINT)).isInstanceOf(Lookup.Unreadable.class);
        }
        String json = "{\"id\":42,\"name\":\"not one of our frames at all\"}";
        assertThat(causeOf(json.getBytes(UTF_8), FINGERPRINT)).isEqualTo("magic");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, Long.MIN_VALUE})
    void loadCostBelowZero_countsAsZero(long nanos) {
        assertThat(loadCost(nanos)).isZero();
    }

    @Test
    void loadCost_isRoundedUpAndBounded() {
        assertThat(loadCost(1)).isEqualTo(1_000);
        assertThat(loadCost(1_001)).isEqualTo(2_000);
        assertThat(loadCost(3_000_000_000_000L)).isEqualTo(3_000_000_000_000L);
        assertThat(loadCost(Long.MAX_VALUE)).isEqualTo(0xFFFF_FFFFL * 1_000);
    }

    /** The format of version 1 must stay readable for ever. */
    @Test
    void goldenFrames_keepTheirBytes() {
        byte[] value = HexFormat.of().parseHex(GOLDEN_VALUE);

        assertThat(Frame.value(FINGERPRINT, CREATED, 7_000_000, PAYLOAD)).isEqualTo(value);
        assertThat(Frame.read(value, FINGERPRINT)).isInstanceOf(Lookup.Value.class);
        assertThat(HexFormat.of().formatHex(Frame.absent(CREATED))).isEqualTo(GOLDEN_ABSENT);
    }

    private static long loadCost(long nanos) {
        return ((Lookup.Value) Frame.read(Frame.value(FINGERPRINT, CREATED, nanos, PAYLOAD), FINGERPRINT))
                .loadCostNanos();
    }

    private static byte[] withByte(int index, int value) {
        byte[] frame = Frame.value(FINGERPRINT, CREATED, 5, PAYLOAD);
        frame[index] = (byte) value;
        return frame;
    }

    private static String causeOf(byte[] bytes, long fingerprint) {
        return ((Lookup.Unreadable) Frame.read(bytes, fingerprint)).cause();
    }
}
