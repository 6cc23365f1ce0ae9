package io.cacheaside.codec;

import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** What the codec's tests share. */
final class CodecFixture {

    private CodecFixture() {}

    /** Captures a generic type: {@code new TypeOf<List<String>>() {}}. */
    abstract static class TypeOf<T> {
        final Type type() {
            return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
        }
    }

    static ValueFormat formatOf(Type type) {
        return KryoCodec.builder().build().formatOf(type);
    }

    static ValueFormat formatOf(TypeOf<?> type) {
        return formatOf(type.type());
    }

    /** Written by one codec and read by another one, and again by two tolerant ones. */
    static Object roundTrip(TypeOf<?> type, Object value) {
        return roundTrip(type.type(), value);
    }

    static Object roundTrip(Object value) {
        return roundTrip(value.getClass(), value);
    }

    private static Object roundTrip(Type type, Object value) {
        Object back = decode(formatOf(type), formatOf(type).encode(value));
        return decode(tolerant(type), tolerant(type).encode(back));
    }

    private static ValueFormat tolerant(Type type) {
        return KryoCodec.builder().evolution(Evolution.TOLERANT).build().formatOf(type);
    }

    static Object decode(ValueFormat format, byte[] bytes) {
        byte[] framed = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, framed, 9, bytes.length);
        return format.decode(framed, 9, bytes.length);
    }
}
