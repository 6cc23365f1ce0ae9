package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;
import java.util.function.BiFunction;

/** Writes a single map entry. An entry of a live map comes back on its own, immutable. */
final class EntrySerializer extends Serializer<Map.Entry<?, ?>> {

    private static final int COST = 24;

    static final EntrySerializer MUTABLE = new EntrySerializer(SimpleEntry::new);
    static final EntrySerializer IMMUTABLE = new EntrySerializer(SimpleImmutableEntry::new);

    private final BiFunction<Object, Object, Map.Entry<?, ?>> factory;

    private EntrySerializer(BiFunction<Object, Object, Map.Entry<?, ?>> factory) {
        this.factory = factory;
    }

    @Override
    public void write(Kryo kryo, Output output, Map.Entry<?, ?> value) {
        ((BoundedOutput) output).budget().charge(COST);
        References.of(kryo).enter(value);
        kryo.writeClassAndObject(output, value.getKey());
        kryo.writeClassAndObject(output, value.getValue());
        References.of(kryo).leave();
    }

    @Override
    public Map.Entry<?, ?> read(Kryo kryo, Input input, Class<? extends Map.Entry<?, ?>> type) {
        ((BoundedInput) input).budget().charge(COST);
        Object key = kryo.readClassAndObject(input);
        return factory.apply(key, kryo.readClassAndObject(input));
    }
}
