package io.cacheaside.codec;

import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;

/** The format of one declared type: a pool of sessions over one registry. */
final class KryoFormat implements ValueFormat {

    private final Schema schema;
    private final int maxPayload;
    private final KryoSessions sessions;

    KryoFormat(Schema schema, Registry registry, int maxPayload) {
        this.schema = schema;
        this.maxPayload = maxPayload;
        Slot root = Slot.of(schema.root(), registry.evolution());
        this.sessions = new KryoSessions(() -> new KryoSession(registry, root, maxPayload));
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
        KryoSession session = sessions.take();
        byte[] bytes;
        try {
            bytes = session.encode(value);
        } catch (Throwable e) {
            throw failure(session, "cannot write a " + value.getClass().getName(), e);
        }
        session.free();
        sessions.giveBack(session);
        return bytes;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        if (length > maxPayload) {
            throw new CodecException("a payload of " + length + " bytes is larger than " + maxPayload);
        }
        KryoSession session = sessions.take();
        Object value;
        try {
            value = session.decode(bytes, offset, length);
        } catch (Throwable e) { // also errors: absurd bytes must not reach the caller
            throw failure(session, "cannot read a " + schema.root().getName(), e);
        }
        session.free();
        sessions.giveBack(session);
        if (!schema.root().isInstance(value)) {
            throw new CodecException(
                    value.getClass().getName() + " is not a " + schema.root().getName());
        }
        return value;
    }

    /** After an error, such as an overflow of the stack, nobody knows what the session has missed. */
    private CodecException failure(KryoSession session, String what, Throwable cause) {
        if (cause instanceof Exception && session.recover()) {
            sessions.giveBack(session);
        }
        return new CodecException(what + ": " + cause.getMessage(), cause);
    }
}
