package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TraceTest {

    @TempDir
    Path directory;

    @Test
    void ids_becomeProductsByPopularityInTheirOrder() throws IOException {
        Path file = trace(ByteOrder.BIG_ENDIAN, 7, 900, 900, 7, 900, 3);

        Trace trace = Trace.read(file, Optional.empty());

        assertThat(trace.requests()).containsExactly(2, 1, 1, 2, 1, 3);
        assertThat(trace.products()).isEqualTo(3);
    }

    @Test
    void objects_differByTypeIdAndIndex() throws IOException {
        Path file = trace(ByteOrder.LITTLE_ENDIAN, object(1, 5, 2), object(2, 5, 2), object(1, 6, 2), object(1, 5, 3));

        assertThat(Trace.read(file, Optional.empty()).products()).isEqualTo(4);
    }

    @Test
    void formatGiven_isNotGuessed() throws IOException {
        Path file = trace(ByteOrder.LITTLE_ENDIAN, 0x0100, 0x0200);

        assertThat(TraceFormat.guess(words(ByteOrder.LITTLE_ENDIAN, 0x0100, 0x0200)))
                .isEqualTo(TraceFormat.IDS);
        assertThat(Trace.read(file, Optional.of(TraceFormat.OBJECTS)).products())
                .isEqualTo(2);
    }

    @Test
    void format_isGuessedByTheFirstBytes() {
        assertThat(TraceFormat.guess(words(ByteOrder.BIG_ENDIAN, 0, 13_755, 70_000)))
                .isEqualTo(TraceFormat.IDS);
        assertThat(TraceFormat.guess(words(ByteOrder.LITTLE_ENDIAN, object(1, 0, 0), object(3, 17, 9))))
                .isEqualTo(TraceFormat.OBJECTS);
    }

    @Test
    void words_areReadInTheOrderOfTheirFormat() {
        byte[] written = {0, 0, 1, 2};

        assertThat(TraceFormat.IDS.read(written)).containsExactly(0x0102);
        assertThat(TraceFormat.OBJECTS.read(written)).containsExactly(0x02010000);
    }

    @Test
    void traffic_isTheWholeTraceOnce() throws IOException {
        Traffic traffic = Trace.read(trace(ByteOrder.BIG_ENDIAN, 5, 5, 4), Optional.empty())
                .traffic();

        assertThat(IntStream.generate(traffic::next).limit(5)).containsExactly(1, 1, 2, Traffic.END, Traffic.END);
        assertThat(traffic.size()).isEqualTo(3);
    }

    @Test
    void halfAWord_isRefused() throws IOException {
        Path file = compressed(new byte[] {0, 0, 0, 1, 0, 0});

        assertThatThrownBy(() -> Trace.read(file, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("6 bytes: a trace is made of 32-bit words");
    }

    @Test
    void emptyTrace_isRefused() throws IOException {
        Path file = compressed(new byte[0]);

        assertThatThrownBy(() -> Trace.read(file, Optional.empty())).hasMessageContaining("0 bytes");
    }

    @Test
    void fileThatIsNotXz_isRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("plain.txt"), "not compressed at all");

        assertThatThrownBy(() -> Trace.read(file, Optional.empty())).isInstanceOf(IOException.class);
    }

    private static int object(int type, int id, int index) {
        return type << 27 | id << 10 | index;
    }

    private Path trace(ByteOrder order, int... words) throws IOException {
        return compressed(words(order, words));
    }

    private static byte[] words(ByteOrder order, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(order);
        Arrays.stream(words).forEach(bytes::putInt);
        return bytes.array();
    }

    private Path compressed(byte[] content) throws IOException {
        Path file = Files.createTempFile(directory, "small", ".xz");
        try (OutputStream out = new XZOutputStream(Files.newOutputStream(file), new LZMA2Options())) {
            out.write(content);
        }
        return file;
    }
}
