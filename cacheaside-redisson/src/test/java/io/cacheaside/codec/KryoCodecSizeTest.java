package io.cacheaside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.entry.Frame;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** How many bytes the shop sample's product takes; {@code ./bench codec} measures the times. */
class KryoCodecSizeTest {

    record Product(int id, String name, String category, BigDecimal price, int version) {}

    private static final Product LAMP =
            new Product(4711, "Desk lamp, brass, with a green shade", "lighting", new BigDecimal("129.90"), 17);

    @Test
    void frame_takesFortyBytes() {
        byte[] payload = CodecFixture.formatOf(Product.class).encode(LAMP);

        assertThat(Frame.value(1, 1, 1, 1, payload)).hasSizeLessThanOrEqualTo(payload.length + 40);
    }

    @Test
    void payload_takesATenthMoreThanPlainKryosAtMost() {
        Kryo plain = new Kryo();
        plain.register(Product.class);
        plain.register(BigDecimal.class);
        Output output = new Output(1_024);
        plain.writeClassAndObject(output, LAMP);

        assertThat(10 * CodecFixture.formatOf(Product.class).encode(LAMP).length)
                .isLessThanOrEqualTo(11 * output.position());
    }
}
