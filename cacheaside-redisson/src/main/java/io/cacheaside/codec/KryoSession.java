package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import io.cacheaside.error.CodecException;

/** One Kryo with its buffers, for one thread at a time. */
final class KryoSession {

    private static final int FIRST_BUFFER = 1024;
    private static final int LARGEST_KEPT_BUFFER = 64 * 1024;

    /** Deeper graphs (a long linked structure of one's own) are refused before they can overflow the stack. */
    static final int MOST_DEPTH = 1_000;

    /** Each leaves up to one int for each object within each other. */
    private static final int MOST_FAILURES = 100;

    private final Kryo kryo;
    private final Slot root;
    private final int maxPayload;
    private final BoundedOutput output;
    private final Budget budget;
    private final BoundedInput input;
    private int failures;

    KryoSession(Registry registry, Slot root, int maxPayload) {
        RegistryResolver resolver = new RegistryResolver(registry);
        this.budget = new Budget(maxPayload);
        this.input = new BoundedInput(budget);
        this.output = new BoundedOutput(budget, Math.min(FIRST_BUFFER, maxPayload), maxPayload);
        this.maxPayload = maxPayload;
        this.kryo = new Kryo(resolver, new References(resolver, input, output, budget));
        this.kryo.setMaxDepth(MOST_DEPTH);
        this.kryo.setRegistrationRequired(true);
        this.root = root;
        resolver.open();
    }

    byte[] encode(Object value) {
        output.reset();
        budget.start(maxPayload);
        root.write(kryo, output, value);
        budget.finish(output.position());
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

    /**
     * Forgets a value that could not be written or read.
     *
     * @return false after so many that another session has to be made: Kryo keeps a few numbers of each
     */
    boolean recover() {
        kryo.reset();
        free();
        return ++failures < MOST_FAILURES;
    }

    /** Bytes that the last value takes, as counted. */
    long allocated() {
        return budget.allocated();
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
