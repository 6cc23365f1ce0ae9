package io.cacheaside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.codec.ClassVersion.Source;
import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Two releases whose class of one name is not the same, each reading what the other has written. */
class ClassChangesTest {

    private static final String MISS = "a miss";

    /**
     * One change of a class.
     *
     * @param forward what the new release reads where the codec is tolerant
     * @param backward what the old one reads
     */
    private record Change(String name, Source old, Source next, String forward, String backward) {

        Change(String name, Source old, Source next) {
            this(name, old, next, MISS, MISS);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Change> CHANGES = changes();
    private static final Map<Source, ClassVersion> RELEASES = compiled();

    private static Map<Source, ClassVersion> compiled() {
        List<Source> sources = CHANGES.stream()
                .flatMap(change -> Stream.of(change.old, change.next))
                .distinct()
                .toList();
        List<ClassVersion> releases = ClassVersion.all(sources);
        return IntStream.range(0, sources.size()).boxed().collect(Collectors.toMap(sources::get, releases::get));
    }

    private static Source release(String declarations, String value) {
        return new Source(declarations, "P", value);
    }

    private static List<Change> changes() {
        return List.of(
                new Change(
                        "component added",
                        release("record P(long id) {}", "new P(7)"),
                        release("record P(String name, long id, int count) {}", "new P(\"n\", 7, 3)"),
                        "P[name=null, id=7, count=0]",
                        "P[id=7]"),
                new Change(
                        "component of a new class added",
                        release("record P(long id, List<Integer> last) {}", "new P(7, List.of(1))"),
                        release(
                                "enum Hue { RED } record Part(Hue hue, Set<Hue> hues, Part[] rest) {"
                                        + " public String toString() { return hue.name(); } }"
                                        + " record P(List<Part> parts, long id, Map<Hue, Optional<Part>> by,"
                                        + " TreeMap<String, Date> dates, List<Integer> last) {}",
                                "new P(List.of(new Part(Hue.RED, EnumSet.of(Hue.RED), new Part[1])), 7,"
                                        + " new EnumMap<>(Map.of(Hue.RED, Optional.empty())),"
                                        + " new TreeMap<>(Map.of(\"d\", new Date(0))), List.of(1))"),
                        "P[parts=null, id=7, by=null, dates=null, last=[1]]",
                        "P[id=7, last=[1]]"),
                new Change(
                        "component removed beside the same empty list",
                        release("record P(List<String> a, List<String> b) {}", "new P(List.of(), List.of())"),
                        release("record P(List<String> b) {}", "new P(List.of())"),
                        "P[b=[]]",
                        "P[a=null, b=[]]"),
                new Change(
                        "component removed that holds the same object as another one",
                        release(
                                "record P(List<Date> a, List<Date> b) { static P of(Date d) {"
                                        + " return new P(List.of(d), List.of(d)); } }",
                                "P.of(new Date(0))"),
                        release("record P(List<Date> b) {}", "new P(List.of())"),
                        MISS,
                        "P[a=null, b=[]]"),
                new Change(
                        "field added to a class, in the constructor set to 5",
                        release("class P { long id = 7; public String toString() { return id + \"\"; } }", "new P()"),
                        release(
                                "class P { long id = 8; int n = 5; public String toString() { return id + \" \" + n; } }",
                                "new P()"),
                        "7 5",
                        "8"),
                new Change(
                        "component renamed",
                        release("record P(long id, String name) {}", "new P(7, \"n\")"),
                        release("record P(long id, String title) {}", "new P(7, \"n\")")),
                new Change(
                        "component widened",
                        release("record P(int id, String name) {}", "new P(7, \"n\")"),
                        release("record P(long id, String name) {}", "new P(7, \"n\")")),
                new Change(
                        "component of another class",
                        release("record P(String id) {}", "new P(\"7\")"),
                        release("record P(StringBuilder id) {}", "new P(new StringBuilder(\"7\"))")),
                new Change(
                        "primitive becomes a wrapper",
                        release("record P(int id) {}", "new P(7)"),
                        release("record P(Integer id) {}", "new P(7)")),
                new Change(
                        "components of one type change places",
                        release("record P(String a, String b) {}", "new P(\"1\", \"2\")"),
                        release("record P(String b, String a) {}", "new P(\"2\", \"1\")"),
                        "P[b=2, a=1]",
                        "P[a=1, b=2]"),
                new Change(
                        "enum constant added in front",
                        release("enum E { A, B } record P(E e, Set<E> all) {}", "new P(E.B, EnumSet.of(E.A))"),
                        release("enum E { NEW, A, B } record P(E e, Set<E> all) {}", "new P(E.NEW, EnumSet.of(E.A))"),
                        "P[e=B, all=[A]]",
                        MISS),
                new Change(
                        "enum constants change places",
                        release("enum E { A, B } record P(E e, Map<E, E> all) {}", "new P(E.A, Map.of(E.A, E.B))"),
                        release("enum E { B, A } record P(E e, Map<E, E> all) {}", "new P(E.A, Map.of(E.B, E.A))"),
                        "P[e=A, all={A=B}]",
                        "P[e=A, all={B=A}]"),
                new Change(
                        "enum constant removed",
                        release("enum E { A, B } record P(E e) {}", "new P(E.A)"),
                        release("enum E { B } record P(E e) {}", "new P(E.B)"),
                        MISS,
                        "P[e=B]"),
                new Change(
                        "enum becomes a record",
                        release("enum E { A } record P(E e) {}", "new P(E.A)"),
                        release("record E(String name) {} record P(E e) {}", "new P(new E(\"A\"))")),
                new Change(
                        "record becomes a class",
                        release("record P(long id) {}", "new P(7)"),
                        release("class P { long id = 8; public String toString() { return id + \"\"; } }", "new P()")),
                new Change(
                        "sealed type gains a subtype",
                        release(
                                "sealed interface S {} record A(int n) implements S {} record P(List<S> all) {}",
                                "new P(List.of(new A(1)))"),
                        release(
                                "sealed interface S {} record A(int n) implements S {} record B() implements S {}"
                                        + " record P(List<S> all) {}",
                                "new P(List.of(new A(1), new B()))"),
                        "P[all=[A[n=1]]]",
                        MISS),
                new Change(
                        "class leaves a sealed type",
                        release(
                                "sealed interface S {} record A(int n) implements S {} record B() implements S {}"
                                        + " record P(List<S> all, A a) {}",
                                "new P(List.of(new A(1)), null)"),
                        release(
                                "sealed interface S {} record A(int n) {} record B() implements S {}"
                                        + " record P(List<S> all, A a) {}",
                                "new P(List.of(new B()), new A(1))")),
                new Change(
                        "class becomes final",
                        release(
                                "class A { int n = 1; } record P(A a, int z) {"
                                        + " public String toString() { return a.n + \" \" + z; } }",
                                "new P(new A(), 3)"),
                        release(
                                "final class A { int n = 2; } record P(A a, int z) {"
                                        + " public String toString() { return a.n + \" \" + z; } }",
                                "new P(new A(), 4)"),
                        "1 3",
                        "2 4"),
                new Change(
                        "field moves to the superclass",
                        release(
                                "class S {} class P extends S { int n = 1; public String toString() { return n + \"\"; } }",
                                "new P()"),
                        release(
                                "class S { int n = 2; } class P extends S { public String toString() { return n + \"\"; } }",
                                "new P()")),
                new Change(
                        "field moves to a new superclass",
                        release("class P { int n = 1; public String toString() { return n + \"\"; } }", "new P()"),
                        release(
                                "class S { int n = 2; } class P extends S { public String toString() { return n + \"\"; } }",
                                "new P()")),
                new Change(
                        "type argument of a field",
                        release("record P(List<Integer> all) {}", "new P(List.of(1))"),
                        release("record P(List<Long> all) {}", "new P(List.of(1L))")),
                new Change(
                        "type argument of the superclass",
                        release(
                                "class S<T> { List<T> all; } class P extends S<Integer> { { all = List.of(1); }"
                                        + " public String toString() { return all + \"\"; } }",
                                "new P()"),
                        release(
                                "class S<T> { List<T> all; } class P extends S<Long> { { all = List.of(1L); }"
                                        + " public String toString() { return all + \"\"; } }",
                                "new P()")),
                new Change(
                        "type argument of the declared type",
                        new Source("", "List<Integer>", "List.of(1)"),
                        new Source("", "List<Long>", "List.of(1L)")),
                new Change(
                        "objects that would be far larger than their bytes",
                        new Source(
                                "record P(byte a) {}",
                                "List<P>",
                                "new ArrayList<>(Collections.nCopies(500, new P((byte) 1)))"),
                        new Source(
                                "record P(byte a, long b, long c, long d, long e, long f, long g) {}",
                                "List<P>",
                                "List.of(new P((byte) 1, 2, 3, 4, 5, 6, 7))"),
                        MISS,
                        "[P[a=1]]"),
                new Change(
                        "class of the component renamed",
                        release("record A(int n) {} record P(A a) {}", "new P(new A(1))"),
                        release("record B(int n) {} record P(B a) {}", "new P(new B(1))")),
                new Change(
                        "component of a component added",
                        release(
                                "record A(int n) {} record P(A[] a, A b) { public String toString() {"
                                        + " return Arrays.toString(a) + b; } }",
                                "new P(new A[] {new A(1)}, new A(2))"),
                        release(
                                "record A(int n, String s) {} record P(A[] a, A b) { public String toString() {"
                                        + " return Arrays.toString(a) + b; } }",
                                "new P(new A[] {null}, new A(3, \"s\"))"),
                        "[A[n=1, s=null]]A[n=2, s=null]",
                        "[null]A[n=3]"),
                new Change(
                        "component added that the constructor requires",
                        release("record P(long id) {}", "new P(7)"),
                        release(
                                "record P(long id, String name) { P { Objects.requireNonNull(name); } }",
                                "new P(7, \"n\")"),
                        MISS,
                        "P[id=7]"));
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void changedClass_isAMissWhereTheCodecIsStrict(Change change) {
        assertThat(format(change.old, Evolution.STRICT).fingerprint())
                .isNotEqualTo(format(change.next, Evolution.STRICT).fingerprint());
        assertThat(read(change.old, change.next, Evolution.STRICT, Evolution.STRICT))
                .isEqualTo(MISS);
        assertThat(read(change.next, change.old, Evolution.STRICT, Evolution.STRICT))
                .isEqualTo(MISS);
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void changedClass_isAsExpectedOrAMissWhereTheCodecIsTolerant(Change change) {
        assertThat(read(change.old, change.next, Evolution.TOLERANT, Evolution.TOLERANT))
                .isEqualTo(change.forward);
        assertThat(read(change.next, change.old, Evolution.TOLERANT, Evolution.TOLERANT))
                .isEqualTo(change.backward);
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void unchangedClass_isReadByItsOwnCodecOnly(Change change) {
        for (Source release : List.of(change.old, change.next)) {
            String value = compiled(release).value().toString();
            for (Evolution evolution : Evolution.values()) {
                assertThat(read(release, release, evolution, evolution)).isEqualTo(value);
            }
            assertThat(read(release, release, Evolution.STRICT, Evolution.TOLERANT))
                    .isEqualTo(MISS);
            assertThat(read(release, release, Evolution.TOLERANT, Evolution.STRICT))
                    .isEqualTo(MISS);
        }
    }

    private static String read(Source writer, Source reader, Evolution written, Evolution here) {
        ValueFormat from = format(writer, written);
        byte[] frame = Frame.value(
                from.fingerprint(), 0, 0, from.encode(compiled(writer).value()));
        ValueFormat to = format(reader, here);
        Object value = decoded(to, Frame.read(frame, to.fingerprint()));
        return value == null ? MISS : value.toString();
    }

    private static @Nullable Object decoded(ValueFormat format, Lookup lookup) {
        try {
            return lookup instanceof Lookup.Value value
                    ? format.decode(value.frame(), value.payloadOffset(), value.payloadLength())
                    : null;
        } catch (CodecException e) {
            return null;
        }
    }

    private static ClassVersion compiled(Source release) {
        return Objects.requireNonNull(RELEASES.get(release));
    }

    private static ValueFormat format(Source release, Evolution evolution) {
        return KryoCodec.builder()
                .evolution(evolution)
                .build()
                .formatOf(compiled(release).type());
    }
}
