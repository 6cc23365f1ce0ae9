package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.ConfigurationException;
import java.math.BigDecimal;
import java.util.List;
import kotlin.Metadata;
import kotlin.Pair;
import kotlin.Triple;
import kotlin.Unit;
import kotlin.collections.IndexedValue;
import org.junit.jupiter.api.Test;

/** Classes that a Kotlin compiler made: Kotlin's own library has data classes and objects. */
class KryoCodecKotlinTest {

    @Metadata
    static final class Counter {
        static final Counter INSTANCE = new Counter();
        int count;
    }

    @Test
    void dataClasses_comeBackEqual() {
        Pair<String, IndexedValue<BigDecimal>> pair = new Pair<>("a", new IndexedValue<>(3, BigDecimal.TEN));
        Triple<Long, List<String>, String> triple = new Triple<>(1L, List.of("x"), null);

        assertThat(roundTrip(new TypeOf<Pair<String, IndexedValue<BigDecimal>>>() {}, pair))
                .isEqualTo(pair)
                .isNotSameAs(pair);
        assertThat(roundTrip(new TypeOf<Triple<Long, List<String>, String>>() {}, triple))
                .isEqualTo(triple)
                .isNotSameAs(triple);
    }

    @Test
    void object_isTheOneThatThereIs() {
        assertThat(roundTrip(Unit.INSTANCE)).isSameAs(Unit.INSTANCE);
    }

    @Test
    void objectWithFields_isRefusedAtStart() {
        assertThatThrownBy(() -> CodecFixture.formatOf(Counter.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Counter is a Kotlin object with fields");
    }
}
