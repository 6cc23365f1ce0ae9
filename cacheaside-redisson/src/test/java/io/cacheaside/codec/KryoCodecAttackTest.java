package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.decode;
import static io.cacheaside.codec.CodecFixture.formatOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bytes that no codec wrote, and values that no codec may write. */
@SuppressWarnings("UnusedVariable")
class KryoCodecAttackTest {

    record Everything(
            String text,
            BigDecimal number,
            int[] ints,
            List<Part> parts,
            Map<String, Part> byName,
            EnumSet<TimeUnit> units,
            Optional<Part> part,
            Part[] array) {}

    record Part(String name, byte[] bytes) {}

    record Link(Link next) {}

    static class Open {}

    static class Sub extends Open {}

    private static final Everything VALUE = new Everything(
            "text",
            BigDecimal.TEN,
            new int[] {1, 2},
            List.of(new Part("a", new byte[3])),
            Map.of("k", new Part("b", new byte[0])),
            EnumSet.of(TimeUnit.DAYS),
            Optional.of(new Part("c", null)),
            new Part[] {null});

    private static final ValueFormat FORMAT = formatOf(Everything.class);

    @Test
    void everyTruncation_isRefused() {
        byte[] bytes = FORMAT.encode(VALUE);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(FORMAT, cut)).as("%d bytes", length).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void everyBitFlip_isRefusedOrGivesAValueOfTheType() {
        byte[] bytes = FORMAT.encode(VALUE);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefusedOrEverything(damaged);
        }
    }

    @Test
    void randomBytes_areRefusedOrGiveAValueOfTheType() {
        Random random = new Random(7);
        byte[] bytes = FORMAT.encode(VALUE);
        for (int i = 0; i < 4_000; i++) {
            byte[] mutant = i % 2 == 0 ? bytes.clone() : new byte[1 + random.nextInt(64)];
            for (int j = 0; j < (i % 2 == 0 ? 3 : mutant.length); j++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            assertRefusedOrEverything(mutant);
        }
    }

    private static void assertRefusedOrEverything(byte[] bytes) {
        try {
            assertThat(decode(FORMAT, bytes)).isInstanceOf(Everything.class);
        } catch (CodecException e) {
            assertThat(e).hasMessageContaining("Everything");
        }
    }

    @Test
    void bytesAfterTheValue_areRefused() {
        byte[] bytes = FORMAT.encode(VALUE);

        assertThatThrownBy(() -> decode(FORMAT, Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("after the value");
    }

    @Test
    void absurdLengths_areRefusedBeforeAnythingIsAllocated() {
        for (TypeOf<?> type : List.of(
                new TypeOf<List<String>>() {}, new TypeOf<Map<String, String>>() {}, new TypeOf<Object[][]>() {})) {
            ValueFormat format = KryoCodec.builder().allow(Part.class).build().formatOf(type.type());
            for (String name : List.of("java.util.ArrayList", "java.util.HashMap", "immutable List")) {
                assertThatThrownBy(() -> decode(format, bomb(ClassIds.of(name), 1)))
                        .isInstanceOf(CodecException.class);
            }
        }
        assertThatThrownBy(() -> decode(formatOf(String.class), bomb(1, Integer.MAX_VALUE)))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> decode(formatOf(long[].class), bomb(1, Integer.MAX_VALUE)))
                .isInstanceOf(CodecException.class);
    }

    private static byte[] bomb(int... numbers) {
        Output output = new Output(64);
        for (int number : numbers) {
            output.writeVarInt(number, true);
        }
        for (int i = 0; i < 4; i++) {
            output.writeVarInt(Integer.MAX_VALUE, true);
        }
        return output.toBytes();
    }

    @Test
    void nestedDeclaredLengths_cannotExceedThePayloadTogether() {
        Output output = new Output(100, 20_000);
        for (int i = 0; i < 500; i++) {
            output.writeVarInt(ClassIds.of("java.util.ArrayList"), true);
            output.writeVarInt(1, true); // a first reference
            output.writeVarInt(8_000, true);
            output.writeByte(0); // mixed classes
        }
        output.writeBytes(new byte[8_000]);

        assertThatThrownBy(() -> decode(formatOf(new TypeOf<List<String>>() {}), output.toBytes()))
                .hasMessageContaining("more elements");
    }

    @Test
    void deepNesting_isRefusedBothWays() {
        Link link = null;
        for (int i = 0; i < 100_000; i++) {
            link = new Link(link);
        }
        Link deep = link;
        ValueFormat format = formatOf(Link.class);
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 1);

        assertThatThrownBy(() -> format.encode(deep))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> decode(format, bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void classOutsideTheType_isRefusedBothWays() {
        ValueFormat narrow = formatOf(new TypeOf<List<String>>() {});
        ValueFormat wide = formatOf(new TypeOf<List<Part>>() {});

        assertThatThrownBy(() -> narrow.encode(List.of(new Part("a", null))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Part.class.getName());
        assertThatThrownBy(() -> decode(narrow, wide.encode(List.of(new Part("a", null)))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("unknown");
        assertThatThrownBy(() -> formatOf(Open.class).encode(new Sub()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Sub.class.getName());
        assertThatThrownBy(() -> formatOf(Part.class).encode("text")).isInstanceOf(CodecException.class);
    }

    @Test
    void javaSerializedBytes_areRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("gadget")));
        }

        assertThatThrownBy(() -> decode(formatOf(new TypeOf<List<String>>() {}), bytes.toByteArray()))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void payloadBeyondTheLimit_isRefusedBothWays() {
        ValueFormat small = KryoCodec.builder().build().formatOf(String.class, 100);
        String text = "x".repeat(200);
        byte[] bytes = formatOf(String.class).encode(text);

        assertThatThrownBy(() -> small.encode(text)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> decode(small, bytes)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> formatOf(String.class).encode("x".repeat(1 << 20)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void failure_leavesTheFormatUsable() {
        ValueFormat format = formatOf(Everything.class);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> decode(format, new byte[] {1, 1})).isInstanceOf(CodecException.class);
        }

        Everything read = (Everything) decode(format, format.encode(VALUE));

        assertThat(read.parts().get(0).name()).isEqualTo("a");
    }

    @Test
    void manyThreadsOnOneArray_readTheSame() throws Exception {
        ValueFormat format = formatOf(new TypeOf<List<String>>() {});
        List<String> value = List.of("a", "some ascii", "Grüße", "日本語");
        byte[] bytes = format.encode(value);
        byte[] before = bytes.clone();
        Callable<Boolean> reads = () -> {
            for (int i = 0; i < 5_000; i++) {
                assertThat(format.decode(bytes, 0, bytes.length)).isEqualTo(value);
                assertThat(format.encode(value)).isEqualTo(before);
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> done : threads.invokeAll(List.of(reads, reads, reads, reads))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
