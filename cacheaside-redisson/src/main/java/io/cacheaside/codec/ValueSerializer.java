package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Writes a JDK value that holds no other object: at least one byte, no class, no null. */
final class ValueSerializer<T> extends Serializer<T> {

    private final Class<T> type;
    private final boolean shared;
    private final Writer<T> writer;
    private final Reader<T> reader;

    /** @param shared true for mutable values, of which two references stay references to one object */
    ValueSerializer(Class<T> type, boolean shared, Writer<T> writer, Reader<T> reader) {
        this.type = type;
        this.shared = shared;
        this.writer = writer;
        this.reader = reader;
    }

    Class<T> type() {
        return type;
    }

    boolean isShared() {
        return shared;
    }

    /** Throws ClassCastException for an object of another class. */
    void writeValue(Output output, Object value) {
        writer.write(output, type.cast(value));
    }

    T readValue(BoundedInput input) {
        return reader.read(input);
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        writer.write(output, value);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> wanted) {
        return reader.read((BoundedInput) input);
    }

    @FunctionalInterface
    interface Writer<T> {
        void write(Output output, T value);
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(BoundedInput input);
    }
}
