package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Writes an array of objects: the length, the elements. */
final class ObjectArraySerializer extends Serializer<@Nullable Object[]> {

    private final Class<?> component;

    ObjectArraySerializer(Class<?> arrayType) {
        this.component = arrayType.getComponentType();
    }

    @Override
    public void write(Kryo kryo, Output output, @Nullable Object[] value) {
        ((BoundedOutput) output).writeLength(value.length, Integer.BYTES);
        Elements.write(kryo, output, value);
    }

    @Override
    public @Nullable Object[] read(Kryo kryo, Input input, Class<? extends @Nullable Object[]> type) {
        BoundedInput bounded = (BoundedInput) input;
        int length = bounded.readElementCount();
        bounded.budget().chargeArray(length, Integer.BYTES);
        @Nullable Object[] array = (Object[]) Array.newInstance(component, length);
        kryo.reference(array);
        Elements.read(kryo, bounded, array);
        return array;
    }
}
