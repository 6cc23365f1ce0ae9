package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.decode;
import static io.cacheaside.codec.CodecFixture.formatOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types are accepted, what they say at start otherwise, and what the fingerprint tells apart. */
@SuppressWarnings({"UnusedVariable", "ClassCanBeStatic"})
class KryoCodecTypesTest {

    record Event(String name, Object payload, Supplier<String> text) {}

    record Holder(Animal animal) {}

    interface Animal {}

    record Cat(String name) implements Animal {}

    record Dog(String name, Cat friend) implements Animal {}

    record WithThread(Thread thread) {}

    class Inner {}

    static class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    record Growing<T>(Growing<List<T>> next) {}

    record Tree(String name, List<Tree> children) {}

    record Money(long cents) {}

    /** The shape of the same class before and after a change; names are made equal in the test. */
    record Before(String name, long price) {}

    record Renamed(String title, long price) {}

    record Retyped(String name, int price) {}

    record Reordered(long price, String name) {}

    record Grown(String name, long price, String more) {}

    @Test
    void openFields_areToldTogetherByClassAndName() {
        assertThatThrownBy(() -> formatOf(Event.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Event.class.getName() + ".payload: java.lang.Object")
                .hasMessageContaining(Event.class.getName() + ".text: java.util.function.Supplier");
    }

    @Test
    void rawObject_isRefused() {
        assertRefused(Object.class, "java.lang.Object");
        assertRefused(void.class, "void");
        assertRefused(Serializable.class, "java.io.Serializable");
        assertRefused(List.class, "java.lang.Object");
        assertRefused(new TypeOf<List<?>>() {}.type(), "java.lang.Object");
        assertRefused(new TypeOf<Map<String, Object>>() {}.type(), "java.lang.Object");
    }

    @Test
    void classesThatCannotBeStored_areRefused() {
        assertRefused(WithThread.class, "WithThread.thread: java.lang.Thread");
        assertRefused(Inner.class, "make it static");
        assertRefused(Tags.class, "extends java.util.ArrayList");
        assertRefused(new Object() {}.getClass(), "anonymous");
        assertRefused(new TypeOf<Growing<String>>() {}.type(), "do not end");
    }

    private static void assertRefused(java.lang.reflect.Type type, String message) {
        assertThatThrownBy(() -> formatOf(type))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void allowedClass_mayStandForAnInterface() {
        ValueFormat format =
                KryoCodec.builder().allow(Cat.class, Dog.class).build().formatOf(Holder.class);
        Holder value = new Holder(new Dog("d", new Cat("c")));

        assertThat(decode(format, format.encode(value))).isEqualTo(value);
        assertRefused(Holder.class, "Holder.animal: " + Animal.class.getName());
    }

    @Test
    void allowedClasses_openObjectForThemAndForValuesOfTheJdk() {
        ValueFormat format =
                KryoCodec.builder().allow(Money.class).build().formatOf(new TypeOf<Map<String, Object>>() {}.type());
        Map<String, Object> value = new HashMap<>(Map.of("a", 1, "b", List.of("x", new Money(5)), "c", Set.of(1L)));

        assertThat(decode(format, format.encode(value))).isEqualTo(value);
        assertThatThrownBy(() -> format.encode(Map.of("a", new Cat("c")))).hasMessageContaining("Cat");
    }

    @Test
    void classOfAnAllowedPackage_isWrittenWithItsName() {
        KryoCodec codec =
                KryoCodec.builder().allowedPackages("io.cacheaside.codec").build();
        ValueFormat writer = codec.formatOf(Holder.class);
        ValueFormat reader = KryoCodec.builder()
                .allowedPackages("io.cacheaside.codec")
                .build()
                .formatOf(Holder.class);
        Holder value = new Holder(new Dog("d", new Cat("c")));

        assertThat(decode(reader, writer.encode(value))).isEqualTo(value);
    }

    @Test
    void nameOutsideTheAllowedPackages_isNotLoaded() {
        ValueFormat writer = KryoCodec.builder()
                .allowedPackages("io.cacheaside.codec")
                .build()
                .formatOf(Holder.class);
        ValueFormat reader =
                KryoCodec.builder().allowedPackages("io.cacheaside.cod").build().formatOf(Holder.class);

        assertThatThrownBy(() -> decode(reader, writer.encode(new Holder(new Cat("c")))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("in no allowed package");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "java", "java.util", "javax.naming", "sun.misc"})
    void packageOfTheJdk_cannotBeAllowed(String name) {
        assertThatThrownBy(() -> KryoCodec.builder().allowedPackages(name)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void recursiveTypes_areFollowedOnce() {
        Tree value = new Tree("root", List.of(new Tree("leaf", List.of())));

        assertThat(CodecFixture.roundTrip(value)).isEqualTo(value);
    }

    @Test
    void fingerprint_isTheSameInEveryCodec() {
        assertThat(formatOf(Tree.class).fingerprint())
                .isEqualTo(formatOf(Tree.class).fingerprint());
        assertThat(formatOf(new TypeOf<List<Tree>>() {}).fingerprint())
                .isEqualTo(formatOf(new TypeOf<List<Tree>>() {}).fingerprint());
    }

    /** A change of this number makes every stored value of every application a miss. */
    @Test
    void fingerprint_isTheSameOnEveryJvm() {
        assertThat(formatOf(Before.class).fingerprint()).isEqualTo(GOLDEN);
    }

    private static final long GOLDEN = 3_765_491_709_510_048_342L;

    @Test
    void fingerprint_tellsChangesApart() {
        assertThat(List.of(Before.class, Renamed.class, Retyped.class, Reordered.class, Grown.class))
                .extracting(type -> formatOf(type).fingerprint())
                .doesNotHaveDuplicates();
        assertThat(formatOf(new TypeOf<List<Cat>>() {}).fingerprint())
                .isNotEqualTo(formatOf(new TypeOf<List<Money>>() {}).fingerprint());
        assertThat(formatOf(new TypeOf<List<Integer>>() {}).fingerprint())
                .isNotEqualTo(formatOf(new TypeOf<List<Long>>() {}).fingerprint());
    }

    @Test
    void equalTypes_shareAFormat() {
        KryoCodec codec = KryoCodec.builder().build();

        assertThat(codec.formatOf(new TypeOf<List<Tree>>() {}.type()))
                .isSameAs(codec.formatOf(new TypeOf<List<Tree>>() {}.type()));
    }

    @Test
    void collidingNames_areRefusedNamingBoth() {
        Map<Integer, String> seen = new HashMap<>();
        String first = null;
        String second = null;
        for (int i = 0; second == null; i++) {
            String name = "com.shop.Class" + i;
            first = seen.putIfAbsent(ClassIds.of(name), name);
            second = first == null ? null : name;
        }
        ClassIds ids = new ClassIds();
        String one = first;
        String other = second;

        assertThat(ids.claim(one)).isEqualTo(ids.claim(one));
        assertThatThrownBy(() -> ids.claim(other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @Test
    void ids_lieAboveThoseWithAMeaningAndTakeFourBytes() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(ClassIds.of("c" + i)).isBetween(64, (1 << 28) - 1);
        }
    }
}
