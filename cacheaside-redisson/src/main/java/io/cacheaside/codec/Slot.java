package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How what stands in one place is written, knowing the place's declared class: without its class where that is clear. */
sealed interface Slot {

    void write(Kryo kryo, Output output, @Nullable Object value);

    @Nullable
    Object read(Kryo kryo, BoundedInput input);

    /** Where the class is written, even if it is clear here: elsewhere it may not be. */
    Slot OPEN = new Open();

    static Slot of(Class<?> declared, Evolution evolution) {
        return evolution == Evolution.TOLERANT ? tolerant(declared) : strict(declared);
    }

    static Slot tolerant(Class<?> declared) {
        Slot slot = strict(declared);
        return slot instanceof Exact ? OPEN : slot;
    }

    private static Slot strict(Class<?> declared) {
        Class<?> boxed = MethodType.methodType(declared).wrap().returnType();
        ValueSerializer<?> values = JdkTypes.valueSerializer(boxed);
        if (values != null && !values.isShared()) {
            return declared.isPrimitive() ? new Primitive(values) : new Value(values);
        }
        return isExact(declared) ? new Exact(declared) : OPEN;
    }

    /** True where a value can be of no other class. */
    private static boolean isExact(Class<?> declared) {
        return declared.isArray()
                ? declared.getComponentType().isPrimitive() || isExact(declared.getComponentType())
                : declared.isEnum() || Modifier.isFinal(declared.getModifiers());
    }

    /** Never null. */
    record Primitive(ValueSerializer<?> serializer) implements Slot {
        @Override
        public void write(Kryo kryo, Output output, @Nullable Object value) {
            serializer.writeValue(output, java.util.Objects.requireNonNull(value));
        }

        @Override
        public Object read(Kryo kryo, BoundedInput input) {
            return serializer.readValue(input);
        }
    }

    /** A zero byte for null, else a one and the value. */
    record Value(ValueSerializer<?> serializer) implements Slot {
        @Override
        public void write(Kryo kryo, Output output, @Nullable Object value) {
            if (value == null) {
                output.writeByte(Kryo.NULL);
                return;
            }
            // BigDecimal and BigInteger may have subclasses
            if (value.getClass() != serializer.type() && serializer.type() != ZoneId.class) {
                throw new CodecException(value.getClass().getName() + " is not among the allowed classes");
            }
            output.writeByte(Kryo.NOT_NULL);
            serializer.writeValue(output, value);
        }

        @Override
        public @Nullable Object read(Kryo kryo, BoundedInput input) {
            return input.readByte() == Kryo.NULL ? null : serializer.readValue(input);
        }
    }

    /** An object of one class, or a reference. */
    record Exact(Class<?> type) implements Slot {
        @Override
        public void write(Kryo kryo, Output output, @Nullable Object value) {
            kryo.writeObjectOrNull(output, value, type);
        }

        @Override
        public @Nullable Object read(Kryo kryo, BoundedInput input) {
            return kryo.readObjectOrNull(input, type);
        }
    }

    /** The class, then the object or a reference. */
    record Open() implements Slot {
        @Override
        public void write(Kryo kryo, Output output, @Nullable Object value) {
            kryo.writeClassAndObject(output, value);
        }

        @Override
        public @Nullable Object read(Kryo kryo, BoundedInput input) {
            return kryo.readClassAndObject(input);
        }
    }
}
