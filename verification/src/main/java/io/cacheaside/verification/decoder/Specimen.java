package io.cacheaside.verification.decoder;

import io.cacheaside.codec.Evolution;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.codec.Lz4Codec;
import io.cacheaside.entry.Frame;
import io.cacheaside.spi.ValueCodec;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import io.cacheaside.verification.decoder.specimens.Everything;
import io.cacheaside.verification.decoder.specimens.Node;
import io.cacheaside.verification.decoder.specimens.Part;
import io.cacheaside.verification.decoder.specimens.Shape;
import io.cacheaside.verification.decoder.specimens.Shrunk;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A type whose entries are attacked, and one good value of it.
 *
 * @param name of the type and of its cache
 * @param codec that is attacked
 */
record Specimen(String name, Type type, Object value, ValueCodec codec) {

    private static final ValueCodec STRICT = codec(Evolution.STRICT);
    private static final ValueCodec TOLERANT = codec(Evolution.TOLERANT);
    private static final ValueCodec COMPRESSED = new Lz4Codec(STRICT, 0);

    /** Names generic types, as a method's return type would. */
    @SuppressWarnings("ArrayRecordComponent") // never made
    private record Types(List<String> words, Map<String, List<Part>> parts, long[] numbers, List<Object> open) {}

    /** When the frames of specimens were filled. */
    static final long CREATED = 1_790_000_000_000L;

    private static ValueCodec codec(Evolution evolution) {
        return KryoCodec.builder()
                .evolution(evolution)
                .allow(Shape.Circle.class, Shape.Square.class)
                .allowedPackages(Part.class.getPackageName())
                .build();
    }

    /** All of them. */
    static List<Specimen> all() {
        return List.of(
                new Specimen("everything", Everything.class, Everything.sample()),
                new Specimen("node", Node.class, Node.circle()),
                new Specimen("words", generic(0), List.of("one", "two", "drei", "四")),
                new Specimen("parts", generic(1), Map.of("k", List.of(new Part("p", new byte[] {1, 2})))),
                new Specimen("numbers", generic(2), new long[] {1, -1, Long.MAX_VALUE}),
                new Specimen("open", generic(3), List.of(new Part("by name", new byte[2]), "text", 5L)),
                new Specimen("text", String.class, "x".repeat(200)),
                new Specimen("tolerant", Everything.class, Everything.sample(), TOLERANT),
                new Specimen("tolerant-node", Node.class, Node.circle(), TOLERANT),
                new Specimen("tolerant-open", generic(3), List.of(new Part("by name", new byte[2]), 5L), TOLERANT),
                new Specimen("shrunk", Shrunk.class, new Shrunk(List.of("a", "b"), 7), TOLERANT),
                new Specimen("compressed", generic(0), Collections.nCopies(50, "again and again"), COMPRESSED));
    }

    /** True for a list whose elements may be anything. */
    boolean holdsAnything() {
        return type.equals(generic(3));
    }

    private static Type generic(int component) {
        RecordComponent[] components = Types.class.getRecordComponents();
        return components[component].getGenericType();
    }

    /** A value that the codec of most specimens writes. */
    Specimen(String name, Type type, Object value) {
        this(name, type, value, STRICT);
    }

    /** The format of the type. */
    ValueFormat format() {
        return codec.formatOf(type);
    }

    /** The payload; of a class that has lost members the one that was written before. */
    byte[] payload() {
        return value instanceof Shrunk ? Shrunk.before() : format().encode(value);
    }

    /** {@code payload} in a frame that checks. */
    static byte[] sealed(ValueFormat format, byte[] payload) {
        return Frame.value(format.fingerprint(), CREATED, 2_000_000, payload);
    }
}
