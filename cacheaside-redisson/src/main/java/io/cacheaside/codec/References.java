package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.ReferenceResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import io.cacheaside.error.CodecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The identities of one graph: an object that occurs twice is written once. An object that can only be built after its
 * parts (a record, an immutable collection) cannot be a part of itself: while it is being written it is open, and a
 * reference to an open object is refused, since reading it would silently give null.
 */
@SuppressWarnings("rawtypes") // as Kryo's interface
final class References implements ReferenceResolver {

    private static final int KEPT_CAPACITY = 2048;

    private final Registry registry;
    private final IdentityObjectIntMap<Object> written = new IdentityObjectIntMap<>();
    private final List<Object> open = new ArrayList<>();
    private List<@Nullable Object> read = new ArrayList<>();

    References(Registry registry) {
        this.registry = registry;
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
        return id;
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
        int id = written.size;
        written.put(object, id);
        return id;
    }

    @Override
    public int nextReadId(Class type) {
        read.add(null);
        return read.size() - 1;
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
        return object;
    }

    @Override
    public boolean useReferences(Class type) {
        return registry.isShared(type);
    }

    @Override
    public void reset() {
        written.clear(KEPT_CAPACITY);
        open.clear();
        if (read.size() > KEPT_CAPACITY) {
            read = new ArrayList<>();
        } else {
            read.clear();
        }
    }

    @Override
    public void setKryo(Kryo kryo) {
        // the registry knows all that is needed
    }
}
