package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Optional;

/** Writes what the optional holds, with its class, or null. */
final class OptionalSerializer extends Serializer<Optional<?>> {

    private static final int COST = 16;

    @Override
    public void write(Kryo kryo, Output output, Optional<?> value) {
        ((BoundedOutput) output).budget().charge(COST);
        References.of(kryo).enter(value);
        kryo.writeClassAndObject(output, value.orElse(null));
        References.of(kryo).leave();
    }

    @Override
    public Optional<?> read(Kryo kryo, Input input, Class<? extends Optional<?>> type) {
        ((BoundedInput) input).budget().charge(COST);
        return Optional.ofNullable(kryo.readClassAndObject(input));
    }
}
