package io.cacheaside.verification.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames as they were written when their format version was new. Files are added with a version and never changed: an
 * application reads what the release before it has stored. {@code -Dgolden.write=true} writes those that are missing.
 */
class GoldenFramesTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/v1");

    static Stream<Specimen> specimens() {
        return Specimen.all().stream();
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void goldenFrame_isReadForEver(Specimen specimen) throws IOException {
        ValueFormat format = specimen.format();
        Path file = FOLDER.resolve(specimen.name() + ".hex");
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            write(file, Specimen.sealed(format, specimen.payload()));
        }
        byte[] golden = HexFormat.of().parseHex(String.join("", Files.readAllLines(file)));
        assertThat(Frame.read(golden, format.fingerprint())).isInstanceOf(Lookup.Value.class);
        Lookup.Value value = (Lookup.Value) Frame.read(golden, format.fingerprint());
        assertThat(value.createdMillis()).isEqualTo(Specimen.CREATED);
        assertThat(format.decode(golden, value.payloadOffset(), value.payloadLength()))
                .usingRecursiveComparison()
                .isEqualTo(specimen.value());
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void newestVersion_isWrittenAsItsGoldenFrame(Specimen specimen) throws IOException {
        ValueFormat format = specimen.format();
        List<String> golden = Files.readAllLines(FOLDER.resolve(specimen.name() + ".hex"));
        assertThat(HexFormat.of().formatHex(Specimen.sealed(format, specimen.payload())))
                .isEqualTo(String.join("", golden));
    }

    private static void write(Path file, byte[] frame) throws IOException {
        Files.createDirectories(file.getParent());
        String hex = HexFormat.of().formatHex(frame);
        Files.writeString(file, hex.replaceAll("(.{100})", "$1\n") + "\n");
    }
}
