package io.cacheaside.test;

import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Type;

/** Java serialization as a codec, for tests without another one. Never to be pointed at bytes that others may write. */
public final class JavaSerializationCodec implements ValueCodec {

    @Override
    public ValueFormat formatOf(Type type) {
        return new Format(type.getTypeName().hashCode());
    }

    private record Format(long fingerprint) implements ValueFormat {

        @Override
        public byte[] encode(Object value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            } catch (IOException e) {
                throw new CodecException("not serializable: " + value.getClass().getName(), e);
            }
            return bytes.toByteArray();
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes, offset, length))) {
                return in.readObject();
            } catch (IOException | ClassNotFoundException | RuntimeException e) {
                throw new CodecException("unreadable", e);
            }
        }
    }
}
