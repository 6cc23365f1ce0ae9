package io.cacheaside.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final byte[] OLD = Frame.value(1, 1_000, 0, "old".getBytes(UTF_8));
    private static final byte[] NEW = Frame.value(2, 2_000, 0, "newer".getBytes(UTF_8));
    private static final byte[] BOTH = Frames.beside(NEW, OLD);
    private static final Seal SEAL = Seal.of("0123456789abcdef0123456789abcdef");

    private static @Nullable String payload(byte[] stored, long fingerprint) {
        return Frame.read(stored, fingerprint) instanceof Lookup.Value value
                ? new String(value.frame(), value.payloadOffset(), value.payloadLength(), UTF_8)
                : null;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void eachVersion_readsItsOwn() {
        assertThat(payload(BOTH, 1)).isEqualTo("old");
        assertThat(payload(BOTH, 2)).isEqualTo("newer");
        assertThat(Frame.read(BOTH, 3)).isEqualTo(new Lookup.Unreadable("fingerprint"));
    }

    @Test
    void sealedAndUnsealed_standBesideEachOther() {
        byte[] sealed = Frame.sealed(OLD, "k", SEAL);

        byte[] both = Frames.beside(sealed, OLD);

        assertThat(both).hasSize(sealed.length + OLD.length);
        assertThat(Frame.read(both, 1, "k", SEAL)).isInstanceOf(Lookup.Value.class);
        assertThat(Frame.read(both, 1, "moved", SEAL)).isEqualTo(new Lookup.Unreadable("hmac"));
        assertThat(payload(both, 1)).isEqualTo("old");
    }

    @Test
    void everyTruncation_isUnreadable() {
        for (int length = 0; length < BOTH.length; length++) {
            if (length != NEW.length) {
                assertThat(Frame.read(Arrays.copyOf(BOTH, length), 1)).isInstanceOf(Lookup.Unreadable.class);
                assertThat(Frame.read(Arrays.copyOf(BOTH, length), 2)).isInstanceOf(Lookup.Unreadable.class);
            }
        }
    }

    @Test
    void everyBitFlip_leavesTheOtherVersionOrNothing() {
        for (int bit = 0; bit < BOTH.length * 8; bit++) {
            byte[] damaged = BOTH.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(payload(damaged, bit / 8 < NEW.length ? 2 : 1)).isNull();
            assertThat(payload(damaged, bit / 8 < NEW.length ? 1 : 2)).isIn(null, "old", "newer");
        }
    }

    @Test
    void moreFramesThanThereCanBe_areUnreadable() {
        byte[] four = joined(NEW, OLD, OLD, OLD);
        assertThat(payload(four, 2)).isEqualTo("newer");
        assertThat(payload(joined(four, OLD), 2)).isNull();
    }

    @Test
    void framesOfTheEarlierRun_areLeftOut() {
        assertThat(Frames.since(1_000, BOTH)).isSameAs(BOTH);
        assertThat(Frames.since(1_500, BOTH)).isEqualTo(NEW);
        assertThat(Frames.since(2_500, BOTH)).isNull();
        assertThat(Frames.since(2_000, NEW)).isSameAs(NEW);
        assertThat(Frames.since(2_500, NEW)).isNull();
        byte[] foreign = "foreign".getBytes(UTF_8);
        assertThat(Objects.requireNonNull(Frames.since(Long.MAX_VALUE, foreign)))
                .isSameAs(foreign);
    }
}
