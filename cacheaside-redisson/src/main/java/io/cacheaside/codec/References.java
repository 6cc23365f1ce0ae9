package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.ReferenceResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import io.cacheaside.error.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identities of one graph: an object that occurs twice is written once. An object that can only be built after its
 * parts (a record, an immutable collection) cannot be a part of itself: while it is being written it is open, and a
 * reference to an open object is refused, since reading it would silently give null.
 */
@SuppressWarnings("rawtypes") // as Kryo's interface
final class References implements ReferenceResolver {

    private static final int KEPT_CAPACITY = 2048;

    /** How much may be hashed and compared, whatever the size of the payload; and for each of its bytes. */
    private static final int COMPARED = 1 << 24;

    private static final int COMPARED_PER_BYTE = 16;

    private final Registry registry;
    private final BoundedInput input;
    private final TreeSizes sizes = new TreeSizes();
    private final IdentityObjectIntMap<Object> written = new IdentityObjectIntMap<>();
    private final List<Object> open = new ArrayList<>();
    private List<@Nullable Object> read = new ArrayList<>();
    private int nextWritten;
    private long compared;
    private @Nullable Kryo kryo;

    References(Registry registry, BoundedInput input) {
        this.registry = registry;
        this.input = input;
    }

    static References of(Kryo kryo) {
        return (References) kryo.getReferenceResolver();
    }

    /** {@code value} is built after all that is written until {@link #leave}. */
    void enter(Object value) {
        open.add(value);
    }

    void leave() {
        open.remove(open.size() - 1);
    }

    @Override
    public int getWrittenId(Object object) {
        int id = written.get(object, -1);
        if (id != -1) {
            refuseOpen(object);
        }
        return id != -1 && registry.evolution() == Evolution.TOLERANT && isRepeated(object) ? -1 : id;
    }

    /**
     * Tolerant payloads have no references to these: the first mention may stand in a member that the reader does not have.
     * Some of them there is only one of in the JVM.
     */
    private static boolean isRepeated(Object object) {
        String name = object.getClass().getName();
        return object instanceof Record
                || object instanceof Optional
                || name.startsWith("java.util.ImmutableCollections$")
                || name.startsWith("java.util.Collections$Empty");
    }

    /** Passes over the mark before an object; true where the object does not follow. */
    boolean skip(int mark) {
        if (mark == Kryo.NOT_NULL) {
            read.add(null);
            return false;
        }
        if (mark < Kryo.NOT_NULL || mark - 2 >= read.size()) {
            throw new CodecException("a reference to an object that is not read yet");
        }
        return true;
    }

    /** Size of all that was read until here, as a tree. */
    long treeSize() {
        return sizes.at(input.position());
    }

    /** What was read since {@code begin} will be hashed or compared. */
    void claimCompared(long begin) {
        compared += treeSize() - begin;
        if (sizes.isTooMuch() || compared > COMPARED + (long) COMPARED_PER_BYTE * input.limit()) {
            throw new CodecException("sets and maps within each other would take too long to fill");
        }
    }

    private int depth() {
        return kryo == null ? 0 : kryo.getDepth();
    }

    private void refuseOpen(Object object) {
        for (Object value : open) {
            if (value == object) {
                throw new CodecException("a " + object.getClass().getName() + " contains itself");
            }
        }
    }

    @Override
    public int addWrittenObject(Object object) {
        int id = nextWritten++;
        written.put(object, id);
        return id;
    }

    @Override
    public int nextReadId(Class type) {
        int id = read.size();
        read.add(null);
        sizes.begin(id, depth(), input.position());
        return id;
    }

    @Override
    public void setReadObject(int id, Object object) {
        read.set(id, object);
    }

    @Override
    public Object getReadObject(Class type, int id) {
        Object object = read.get(id);
        if (object == null) {
            throw new CodecException("a reference to an object that is not read yet");
        }
        sizes.refer(id, depth(), input.position());
        return object;
    }

    @Override
    public boolean useReferences(Class type) {
        return registry.isShared(type);
    }

    @Override
    public void reset() {
        written.clear(KEPT_CAPACITY);
        nextWritten = 0;
        open.clear();
        sizes.reset();
        compared = 0;
        if (read.size() > KEPT_CAPACITY) {
            read = new ArrayList<>();
        } else {
            read.clear();
        }
    }

    @Override
    public void setKryo(Kryo kryo) {
        this.kryo = kryo;
    }
}
