package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Writes a JDK value that holds no other object: at least one byte, no class, no null. */
final class ValueSerializer<T> extends Serializer<T> {

    private final Class<T> type;
    private final boolean shared;
    private final int cost;
    private final Writer<T> writer;
    private final Reader<T> reader;

    /**
     * @param shared true for mutable values, of which two references stay references to one object
     * @param cost bytes that reading one allocates, without texts and arrays
     */
    ValueSerializer(Class<T> type, boolean shared, int cost, Writer<T> writer, Reader<T> reader) {
        this.type = type;
        this.shared = shared;
        this.cost = cost;
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
        write((BoundedOutput) output, type.cast(value));
    }

    T readValue(BoundedInput input) {
        input.budget().charge(cost);
        return reader.read(input);
    }

    private void write(BoundedOutput output, T value) {
        output.budget().charge(cost);
        writer.write(output, value);
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        write((BoundedOutput) output, value);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> wanted) {
        return readValue((BoundedInput) input);
    }

    @FunctionalInterface
    interface Writer<T> {
        void write(BoundedOutput output, T value);
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(BoundedInput input);
    }
}
