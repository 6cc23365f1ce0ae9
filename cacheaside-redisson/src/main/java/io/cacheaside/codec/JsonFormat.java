package io.cacheaside.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.io.IOException;

/** The JSON of one declared type. */
final class JsonFormat implements ValueFormat {

    private final Schema schema;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final int maxPayload;

    JsonFormat(Schema schema, JsonMapper mapper, JavaType type, int maxPayload) {
        this.schema = schema;
        this.reader = mapper.readerFor(type);
        this.writer = mapper.writerFor(type);
        this.maxPayload = maxPayload;
    }

    @Override
    public long fingerprint() {
        return schema.fingerprint();
    }

    @Override
    public byte[] encode(Object value) {
        if (!schema.root().isInstance(value)) {
            throw new CodecException(
                    value.getClass().getName() + " is not a " + schema.root().getName());
        }
        try {
            byte[] bytes = writer.writeValueAsBytes(value);
            refuseLarge(bytes.length);
            return bytes;
        } catch (IOException | StackOverflowError e) {
            throw new CodecException("cannot write a " + value.getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        refuseLarge(length);
        Object value;
        try {
            value = reader.readValue(bytes, offset, length);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new CodecException("cannot read a " + schema.root().getName() + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw new CodecException("there is no value in the bytes");
        }
        return value;
    }

    private void refuseLarge(int length) {
        if (length > maxPayload) {
            throw new CodecException("a payload of " + length + " bytes is larger than " + maxPayload);
        }
    }
}
