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

    /** Written by one codec, read by another one. */
    static Object roundTrip(TypeOf<?> type, Object value) {
        return decode(formatOf(type), formatOf(type).encode(value));
    }

    static Object roundTrip(Object value) {
        return decode(formatOf(value.getClass()), formatOf(value.getClass()).encode(value));
    }

    static Object decode(ValueFormat format, byte[] bytes) {
        byte[] framed = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, framed, 9, bytes.length);
        return format.decode(framed, 9, bytes.length);
    }
}
