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

    /** What keeping track of one object allocates: eight bytes for each of two sizes, and the lists of objects and ids. */
    private static final int TRACKED = 40;

    /** How often an element is hashed while it is put into a set or a map. */
    private static final int HASHED = 4;

    private final RegistryResolver classes;
    private final BoundedInput input;
    private final BoundedOutput output;
    private final Budget budget;
    private final TreeSizes sizes = new TreeSizes();

    /** Sizes in collections instead of bytes: to hash a collection an iterator is made. */
    private final TreeSizes collections = new TreeSizes();

    private final IdentityObjectIntMap<Object> written = new IdentityObjectIntMap<>();
    private final List<Object> open = new ArrayList<>();
    private List<@Nullable Object> read = new ArrayList<>();
    private int nextWritten;
    private int collectionsBegun;
    private @Nullable Kryo kryo;

    References(RegistryResolver classes, BoundedInput input, BoundedOutput output, Budget budget) {
        this.classes = classes;
        this.input = input;
        this.output = output;
        this.budget = budget;
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
        if (id == -1) {
            return -1;
        }
        refuseOpen(object);
        if (classes.registry().evolution() == Evolution.TOLERANT && isRepeated(object)) {
            return -1;
        }
        refer(id, output.position());
        return id;
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
            budget.charge(TRACKED);
            read.add(null);
            return false;
        }
        if (mark < Kryo.NOT_NULL || mark - 2 >= read.size()) {
            throw new CodecException("a reference to an object that is not read yet");
        }
        return true;
    }

    /** A collection or a map begins. */
    void beginCollection() {
        collectionsBegun++;
    }

    /** Where the elements of a collection begin or end: bytes and collections before, as trees. */
    Place at(int position) {
        return new Place(sizes.at(position), collections.at(collectionsBegun));
    }

    /** What is between {@code begin} and {@code end} will be compared. */
    void compare(Place begin, Place end) {
        budget.compare(end.bytes - begin.bytes);
    }

    /**
     * What is between {@code begin} and {@code end} will be hashed.
     *
     * @param rivals how many others have the same hash as one of them, which is compared with each
     */
    void hash(Place begin, Place end, int rivals) {
        budget.iterate((HASHED + rivals) * (end.collections - begin.collections));
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
        begin(id, output.position());
        return id;
    }

    @Override
    public int nextReadId(Class type) {
        int id = read.size();
        read.add(null);
        begin(id, input.position());
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
        refer(id, input.position());
        return object;
    }

    private void begin(int id, int position) {
        budget.charge(TRACKED);
        sizes.begin(id, depth(), position);
        collections.begin(id, depth(), collectionsBegun);
    }

    private void refer(int id, int position) {
        sizes.refer(id, depth(), position);
        collections.refer(id, depth(), collectionsBegun);
    }

    @Override
    public boolean useReferences(Class type) {
        return classes.isShared(type);
    }

    @Override
    public void reset() {
        if (nextWritten > 0) { // clearing takes as long as for all that there is room for
            written.clear(KEPT_CAPACITY);
            nextWritten = 0;
        }
        open.clear();
        sizes.reset();
        collections.reset();
        collectionsBegun = 0;
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

    /** How much of a payload lies before a place. */
    record Place(long bytes, long collections) {

        boolean hasCollectionsSince(Place begin) {
            return collections > begin.collections;
        }
    }
}
