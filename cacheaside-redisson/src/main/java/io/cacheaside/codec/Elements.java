package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Output;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a collection or an array: the class once and then the elements, where all have the same class, else a
 * zero byte and each with its class. The count comes before them, from the caller.
 */
final class Elements {

    private Elements() {}

    @SuppressWarnings("unchecked") // the resolver answers with the serializer of the class
    static void write(Kryo kryo, Output output, @Nullable Object[] items) {
        if (items.length == 0) {
            return;
        }
        Registration same = kryo.writeClass(output, commonClass(items));
        if (same == null) {
            for (Object item : items) {
                kryo.writeClassAndObject(output, item);
            }
            return;
        }
        Serializer<Object> serializer = same.getSerializer();
        if (serializer instanceof ValueSerializer<?> values && !values.isShared()) {
            for (Object item : items) {
                values.writeValue(output, Objects.requireNonNull(item));
            }
            return;
        }
        for (Object item : items) {
            kryo.writeObject(output, Objects.requireNonNull(item), serializer);
        }
    }

    @SuppressWarnings("unchecked") // the resolver answers with the serializer of the class
    static void read(Kryo kryo, BoundedInput input, @Nullable Object[] items) {
        if (items.length == 0) {
            return;
        }
        Registration same = kryo.readClass(input);
        if (same == null) {
            for (int i = 0; i < items.length; i++) {
                items[i] = kryo.readClassAndObject(input);
            }
            return;
        }
        Serializer<Object> serializer = same.getSerializer();
        if (serializer instanceof ValueSerializer<?> values && !values.isShared()) {
            for (int i = 0; i < items.length; i++) {
                items[i] = values.readValue(input);
            }
            return;
        }
        for (int i = 0; i < items.length; i++) {
            items[i] = kryo.readObject(input, (Class<Object>) same.getType(), serializer);
        }
    }

    private static @Nullable Class<?> commonClass(@Nullable Object[] items) {
        Object first = items[0];
        if (first == null) {
            return null;
        }
        for (Object item : items) {
            if (item == null || item.getClass() != first.getClass()) {
                return null;
            }
        }
        return first.getClass();
    }
}
