package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;

/** One Kryo with its buffers, for one thread at a time. */
final class KryoSession {

    private static final int FIRST_BUFFER = 1024;
    private static final int LARGEST_KEPT_BUFFER = 64 * 1024;

    /** Deeper graphs (a long linked structure of one's own) are refused before they can overflow the stack. */
    static final int MOST_DEPTH = 1_000;

    private final Kryo kryo;
    private final Slot root;
    private final Output output;
    private final BoundedInput input = new BoundedInput();

    KryoSession(Registry registry, Slot root, int maxPayload) {
        RegistryResolver resolver = new RegistryResolver(registry);
        this.kryo = new Kryo(resolver, new References(registry, input));
        this.kryo.setMaxDepth(MOST_DEPTH);
        this.kryo.setRegistrationRequired(true);
        this.root = root;
        this.output = new Output(Math.min(FIRST_BUFFER, maxPayload), maxPayload);
        resolver.open();
    }

    byte[] encode(Object value) {
        output.reset();
        root.write(kryo, output, value);
        return output.toBytes();
    }

    Object decode(byte[] bytes, int offset, int length) {
        input.start(bytes, offset, length);
        Object value = root.read(kryo, input);
        if (value == null) {
            throw new CodecException("there is no value in the bytes");
        }
        if (input.position() != input.limit()) {
            throw new CodecException("there are bytes after the value");
        }
        return value;
    }

    /** Lets go of what belongs to one value, and of a buffer that one large value needed. */
    void free() {
        input.start(EMPTY, 0, 0);
        if (output.getBuffer().length > LARGEST_KEPT_BUFFER) {
            output.setBuffer(new byte[FIRST_BUFFER], output.getMaxCapacity());
        }
    }

    private static final byte[] EMPTY = {};
}
